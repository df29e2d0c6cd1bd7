/** Commands that only some platforms have the means for. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../commands/index.ts';
import { roots } from '../../commands/roots.ts';
import type { Caller } from '../../src/chat/caller.ts';
import { fullName, supportedBy } from '../../src/command/catalogue.ts';
import { toRegistrations } from '../../src/platforms/discord/interactions/registration.ts';
import { GRACE, openHarness } from './harness.ts';

const NAMES = ['/paperfeed links', '/paperfeed allow', '/paperfeed disallow'];
/** A manager on a platform without any of the capabilities. */
const ELSEWHERE: Caller = { ...GRACE, capabilities: [] };

describe('a command that needs a capability', () => {
  it('only links, allow and disallow need a capability', () => {
    const special = catalogue.filter(({ needs }) => needs !== undefined);
    expect(special.map(fullName)).toEqual(NAMES);
  });

  it.each([
    [
      '/paperfeed links show:bare',
      /^\/paperfeed links is not available here\. The bot does not preview paper links/,
    ],
    [
      '/paperfeed allow <@alan>',
      /^\/paperfeed allow is not available here\. Everyone with permission to manage/,
    ],
    [
      '/paperfeed disallow <@alan>',
      /^\/paperfeed disallow is not available here\. Everyone with permission to manage/,
    ],
  ])('a command without its capability is refused and changes nothing: %s', async (line, sentence) => {
    const harness = await openHarness();
    const { ok, text } = await harness.request({ line, caller: ELSEWHERE });
    expect([ok, text]).toEqual([false, expect.stringMatching(sentence)]);
    expect(
      await harness.managers.of(ELSEWHERE.channel ?? { platform: '', workspace: '', channel: '' }),
    ).toEqual([]);
  });

  it('help lists a command only on platforms that support it', async () => {
    const harness = await openHarness();
    const here = await harness.request({ line: '/papers help following', caller: GRACE });
    const there = await harness.request({ line: '/papers help following', caller: ELSEWHERE });
    for (const name of NAMES) {
      expect(here.text).toContain(name);
      expect(there.text).not.toContain(name);
    }
    const help = await harness.request({ line: '/papers help allow', caller: ELSEWHERE });
    expect([help.ok, help.text]).toEqual([false, expect.stringContaining('There is no command “allow”')]);
  });

  it.each(['/paperfeed', '/paperfeed no-such-command'])(
    'the commands that an error offers are those that work on the platform: %s',
    async (line) => {
      const harness = await openHarness();
      const here = await harness.request({ line, caller: GRACE });
      const there = await harness.request({ line, caller: ELSEWHERE });
      expect(here.text).toContain('disallow');
      expect(there.text).toContain('unfollow');
      expect(there.text).not.toMatch(/allow\b|links/);
    },
  );

  it('commands that Discord does not support are not registered there', () => {
    const registered = JSON.stringify(
      toRegistrations({ catalogue: supportedBy(catalogue), menu: [], roots, translations: {} }),
    );
    expect(registered).toContain('"unfollow"');
    for (const name of ['links', 'allow', 'disallow']) expect(registered).not.toContain(`"name":"${name}"`);
  });
});
