/** Notes and tags that contain markup and mentions are shown as they were typed, and notify nobody. */
import { expect, it } from 'vitest';
import { readMarkdown } from '../../fakes/discord/people/markdown.ts';
import { readShown } from '../../fakes/slack/people/shown.ts';
import { summary } from '../../fakes/visible-text.ts';
import { openFrame as openDiscordFrame } from '../../platforms/discord/harness.ts';
import { openFrame as openSlackFrame } from '../../platforms/slack/harness.ts';

const NOTE =
  '*bold* _it_ ~no~ `code` @everyone <@123> <!channel> <#C1> [a](https://x.org) & &lt;b&gt; # head';
const TAGS = '*rl*, @here, <!channel>, `x`';
const TYPED_TAGS = ['#*rl*', '#@here', '#<!channel>', '#`x`'];

it('in Slack', async () => {
  const { channel, ada } = await openSlackFrame();
  const note = await ada.command(channel, '/papers', `note 2605.00001 ${NOTE}`).answered;
  const tags = await ada.command(channel, '/papers', `tag 2605.00001 ${TAGS}`).answered;
  const list = await ada.command(channel, '/papers', 'saved').answered;
  const shown = [note, tags, list].map((message) => {
    if ('view' in message) throw new Error('a form was opened');
    return readShown(message);
  });
  expect(shown.flatMap(({ mentions }) => mentions)).toEqual([]);
  expect(shown[0]?.text).toContain(NOTE);
  for (const tag of TYPED_TAGS) expect(shown[2]?.text).toContain(tag);
  expect(shown[2]?.text).toContain(`Your note: ${NOTE.slice(0, 40)}`);
});

it('on Discord', async () => {
  const { channel, ada } = await openDiscordFrame();
  const noted = { paper: '2605.00001', text: NOTE };
  const note = await ada.command(channel, 'papers', 'note', noted).answered;
  await ada.command(channel, 'papers', 'tag', { paper: '2605.00001', tags: TAGS }).answered;
  const list = await ada.command(channel, 'papers', 'saved').answered;
  const seen = (message: typeof note) =>
    summary(readMarkdown(message.embeds[0]?.description ?? '', 'description'));
  expect(seen(note).text).toContain(NOTE);
  expect([seen(note).mentions, seen(list).mentions]).toEqual([[], []]);
  for (const tag of TYPED_TAGS) expect(seen(list).text).toContain(tag);
});
