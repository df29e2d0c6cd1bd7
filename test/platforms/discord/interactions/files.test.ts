/** Files in answers: exported lists. */
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import { attach } from '../../../../src/platforms/discord/posting/attachments.ts';
import { openFrame } from '../harness.ts';

it('an exported list is attached to the private answer', async () => {
  const { channel, ada } = await openFrame();
  await ada.command(channel, 'papers', 'save', { paper: '2605.00001' }).answered;
  const answer = await ada.command(channel, 'papers', 'library export', { format: 'ris' }).answered;
  expect(answer.ephemeral).toBe(true);
  expect(answer.files.map(({ name }) => name)).toEqual(['my-papers.ris']);
  expect(await answer.files[0]?.text()).toContain('Routing Tokens');
});

it.each([
  [100, ['list.bib'], undefined],
  [99, ['list.bib.gz'], 'The file is compressed'],
  [20, [], 'The file is too large for Discord'],
])('with a limit of %i bytes, a file of 100 is sent as %j', async (limit, names, words) => {
  const file = { name: 'list.bib', mediaType: 'application/x-bibtex', content: 'a'.repeat(100) };
  const { card, files } = await attach({ ...sentence('1 paper'), file }, limit);
  expect(files.map(({ name }) => name)).toEqual(names);
  expect(JSON.stringify(card.blocks).includes(words ?? 'The file')).toBe(words !== undefined);
  const [sent] = files;
  const bytes = sent?.name.endsWith('.gz') ? gunzipSync(sent.attachment) : sent?.attachment;
  if (bytes) expect(bytes.toString()).toBe(file.content);
});
