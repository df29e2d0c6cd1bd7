/** Files attached to a command on Discord. */
import { expect, it } from 'vitest';
import { LONGEST_TEXT } from '../../../../src/list-import/list-import.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openHttpServer } from '../../../fakes/sources/http-server.ts';
import { openFrame } from '../harness.ts';

const BIBTEX =
  '@misc{a,\n title={A}, eprint={2605.10001}}\n\n@misc{b, title={B}, eprint={2605.10002}}\n@misc{c}\n';

async function opened() {
  const frame = await openFrame();
  const files = await openHttpServer();
  const attach = (name: string, size = Buffer.byteLength(BIBTEX)) =>
    frame.ada.command(
      frame.channel,
      'papers',
      'library import',
      { tags: 'thesis' },
      {
        file: { name, size, url: `${files.url}/${name}` },
      },
    ).answered;
  return { ...frame, files, attach };
}

it('a .bib file on Discord is imported with its tags, and its faults are named with their lines', async () => {
  const { files, attach, savedBy, ada, library } = await opened();
  files.on('/refs.bib', (_, response) => void response.end(BIBTEX));
  const text = shownText(await attach('refs.bib'));
  expect(text).toContain('2 papers saved to your list');
  expect(text).toMatch(/Line 5: .*title is missing/);
  expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.10001', '2605.10002']);
  const who = { platform: 'discord', workspace: 'discord', person: ada.id };
  expect((await library.detailsOf(who, '2605.10001'))?.tags).toEqual(['thesis']);
});

it('a file on Discord that cannot be downloaded is asked for again', async () => {
  const { files, attach, savedBy, ada } = await opened();
  files.on('/refs.bib', (_, response) => void response.writeHead(404).end());
  expect(shownText(await attach('refs.bib'))).toContain('refs.bib could not be downloaded. Attach it again.');
  files.on('/longer.bib', (_, response) => void response.end(BIBTEX.repeat(2)));
  expect(shownText(await attach('longer.bib'))).toContain('longer.bib could not be downloaded.');
  expect(await savedBy(ada.id)).toEqual([]);
});

it('a file on Discord over the limit is refused before it is downloaded', async () => {
  const { files, attach } = await opened();
  const text = shownText(await attach('refs.bib', LONGEST_TEXT + 1));
  expect(text).toContain('That has 4.1 MB, and the limit is 4 MB.');
  expect(files.requests).toEqual([]);
});

it('a file in a message that mentions the bot is taken from Discord’s own servers only', async () => {
  const { discord, channel, ada } = await openFrame();
  const file = new File([BIBTEX], 'refs.bib');
  ada.say(channel, `<@${discord.botUserId}> import this file`, undefined, [file]);
  await discord.until(() => ada.dm().messages.length > 0);
  const [told] = ada.dm().messages;
  expect(told && shownText(told)).toContain('refs.bib could not be downloaded. Attach it again.');
});
