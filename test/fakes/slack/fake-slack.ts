/**
 * The fake Slack for one test. Closes when the test ends, and fails the test if a rule was broken. See
 * `start.ts`.
 */
import { expect, onTestFinished } from 'vitest';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from './start.ts';

export async function openFakeSlack(options?: FakeSlackOptions): Promise<FakeSlack> {
  const slack = await startFakeSlack(options);
  onTestFinished(async () => {
    await slack.stop();
    expect(slack.violations).toEqual([]);
  });
  return slack;
}
