/** Files in answers: exported lists. */
import { expect, it } from 'vitest';
import { openFrame } from '../harness.ts';

it('an exported list is sent to the person’s direct messages, not to the channel', async () => {
  const { slack, channel, ada } = await openFrame();
  await ada.command(channel, '/papers', 'save 2605.00001').answered;
  const answer = await ada.command(channel, '/papers', 'export').answered;
  expect(answer.text).toContain('The file is in your direct messages with the bot.');
  const [file] = [...slack.uploads.values()];
  expect(file).toMatchObject({ name: 'my-papers.bib', isShared: true });
  expect(file?.content).toContain('Routing Tokens');
  const shared = ada.dm().messages.flatMap(({ files }) => files);
  expect(shared).toMatchObject([{ name: 'my-papers.bib' }]);
  expect(channel.messages.flatMap(({ files }) => files)).toEqual([]);
});

it('an app that was installed before it could send files says what to do', async () => {
  const { slack, channel, ada } = await openFrame();
  await ada.command(channel, '/papers', 'save 2605.00001').answered;
  slack.workspace.scopes.delete('files:write');
  const answer = await ada.command(channel, '/papers', 'export').answered;
  expect(answer.text).toContain(
    'The file was not sent: the app lacks the permission files:write. Ask an administrator to paste the new manifest',
  );
});
