/** The in-memory platform fulfils the same contract as the adapters, so tests with it hold for them too. */

import { describePosting } from '../../contracts/posting-contract.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type Fault, openFakePlatform } from './fake-port.ts';

for (const nonceWindowMs of [0, 120_000]) {
  describePosting(`in memory, keys known for ${nonceWindowMs / 1000} s`, async () => {
    const clock = fakeClock('2026-05-28T09:00:00Z');
    const platform = openFakePlatform({ clock, nonceWindowMs });
    const there = (channel: string) => platform.messages.filter((message) => message.channel === channel);
    return {
      port: platform.connect(),
      channel: { platform: 'fake', workspace: 'lab', channel: 'papers' },
      person: 'ada',
      count: ({ channel }) => there(channel).length,
      shows: ({ channel }, text) => there(channel).some(({ card }) => JSON.stringify(card).includes(text)),
      say: (text) => platform.past.said.push({ at: clock.now(), text }),
      fail(fault) {
        const faults: Fault[] = [fault];
        platform.fault = () => faults.shift();
      },
      async settle(request) {
        await Promise.all([request.catch(() => {}), clock.advance(60_000)]);
        return request;
      },
    };
  });
}
