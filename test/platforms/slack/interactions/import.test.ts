/** Papers that people paste in Slack. */
import { expect, it } from 'vitest';
import { openFrame } from '../harness.ts';

const BIBTEX = '@misc{a,\n  title={A},\n  eprint={2605.10001}\n}\n@misc{b,\n title={B}, eprint={2605.10002}}';

it('a form in Slack takes many lines, and tags for all papers', async () => {
  const { slack, channel, ada, savedBy, library } = await openFrame();
  const view = await ada.command(channel, '/papers', 'import').opened;
  const [tag] = await ada.suggest(view, 'tags', 'thesis').suggested;
  if (!tag) throw new Error('The new tag is not offered');
  await ada.submit(view, { text: BIBTEX, tags: tag }).answered;
  expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.10001', '2605.10002']);
  const who = { platform: 'slack', workspace: slack.workspace.id, person: ada.id };
  expect((await library.detailsOf(who, '2605.10001'))?.tags).toEqual(['thesis']);
});

it('a slash command, a mention and a direct message in Slack keep the lines of a pasted list', async () => {
  const { channel, ada, alan, savedBy } = await openFrame();
  const list = 'import tag:rl\n• https://arxiv.org/abs/2605.10001\n• 2605.10002 &amp; more';
  await ada.command(channel, '/papers', list).answered;
  expect(await savedBy(ada.id)).toHaveLength(2);
  alan.mention(channel, 'import\n2605.10003\n2605.10004');
  await expect.poll(() => savedBy(alan.id)).toHaveLength(2);
  alan.say(
    alan.dm(),
    'import these papers:\nhttps://huggingface.co/papers/2605.10005\nnothing known by this name',
  );
  await expect.poll(() => savedBy(alan.id)).toHaveLength(3);
});
