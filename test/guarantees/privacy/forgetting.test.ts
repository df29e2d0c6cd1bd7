/** Deleting a person's data in Slack, where most of it is stored. */

import { expect, it } from 'vitest';
import { openFrame } from '../../platforms/slack/harness.ts';
import { everythingIn } from '../../support/database.ts';

const PAPER = '2605.00001';

it('/papers forget-me removes a person from every byte of the database, and nobody else', async () => {
  const { slack, channel, alan, connection, savedBy } = await openFrame();
  const boss = slack.addPerson('boss', { admin: true });
  const card = await boss.command(channel, '/papers', `show ${PAPER}`).answered;
  boss.react(card, 'bookmark');
  alan.react(card, 'bookmark');
  await expect.poll(() => savedBy(boss.id)).toEqual([PAPER]);
  await boss.command(channel, '/papers', 'save 2605.10003').answered;
  await boss.command(channel, '/paperfeed', 'follow time:8:00').answered;
  await boss.command(channel, '/paperfeed', `allow <@${alan.id}|alan>`).answered;
  const bytes = () => everythingIn(connection);
  expect(bytes().includes(boss.id)).toBe(true);

  const kept = await boss.command(channel, '/papers', 'forget-me').answered;
  expect(kept.text).toMatch(/2 saved papers.*1 reaction.*1 channel/s);
  const forgotten = await boss.press(kept, 'Delete my data').answered;
  expect(forgotten.text).toContain('Your data is deleted');

  expect(await savedBy(boss.id)).toEqual([]);
  connection.exec('VACUUM');
  expect(bytes().includes(boss.id)).toBe(false);
  expect(bytes().includes(alan.id)).toBe(true);
  expect(await savedBy(alan.id)).toEqual([PAPER]);
  const again = await boss.command(channel, '/papers', 'forget-me').answered;
  expect(again.text).toContain('The bot stores no data about you here.');
});
