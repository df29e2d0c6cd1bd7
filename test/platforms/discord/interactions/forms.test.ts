import { expect, it } from 'vitest';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFrame } from '../harness.ts';

it('a note without text opens a form with the present note, which replaces it', async () => {
  const { channel, ada } = await openFrame();
  const paper = '2605.00001';
  await ada.command(channel, 'papers', 'note', { paper, text: 'first "words"' }).answered;
  const asked = ada.command(channel, 'papers', 'note', { paper });
  const modal = await asked.opened;
  expect(JSON.stringify(modal.components)).toContain(JSON.stringify('first "words"').slice(1, -1));
  const submitted = await ada.submit(channel, asked, { text: 'two\nlines: "quoted"' });
  const answer = await submitted.answered;
  expect(shownText(answer)).toContain('Note replaced');
  expect(answer.ephemeral).toBe(true);
  const again = ada.command(channel, 'papers', 'note', { paper });
  expect(JSON.stringify((await again.opened).components)).toContain(String.raw`two\nlines: \"quoted\"`);
});
