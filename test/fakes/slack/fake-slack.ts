/** The fake Slack for one test: closed when the test ends, which then must have broken no rule. See `start.ts`. */
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
