import { expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import { roots } from '../../../../commands/roots.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFrame } from '../harness.ts';

it('a command in a group answers by its name there, with its options', async () => {
  const { channel, ada } = await openFrame();
  const added = ada.command(channel, 'papers', 'watch add', { query: 'tokens', to: 'me' });
  expect(shownText(await added.answered)).toContain('You will be told about new papers with “tokens”');
  const listed = ada.command(channel, 'papers', 'watch list');
  expect(shownText(await listed.answered)).toContain('1 watch');
  expect(() => ada.command(channel, 'papers', 'watches')).toThrow('There is no /papers watches');
});

it('every group has a description', () => {
  const groups = catalogue.flatMap(({ root, group }) => (group ? [[root, group.name] as const] : []));
  expect(groups.length).toBeGreaterThan(0);
  for (const [root, name] of groups) expect(roots[root].groups?.[name]).toMatch(/\.$/);
});
