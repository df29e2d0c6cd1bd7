import { describe, expect, it } from 'vitest';
import type { InstallationStore } from '../../src/chat/handlers.ts';
import { openInstallations } from '../../src/workspaces/installations.ts';
import { openSealing } from '../../src/workspaces/sealing.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { everythingIn, openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';

const KEY = 'a passphrase of thirty-two signs.';
const TOKEN = 'xoxb-canary-token';

async function opened(key = KEY) {
  const connection = await openTestDatabase();
  const workspaces = openWorkspaceStore(connection);
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const installations = openInstallations({ workspaces, sealing: await openSealing(key), clock });
  const withKey = async (other: string) =>
    openInstallations({ workspaces, sealing: await openSealing(other), clock });
  return { connection, workspaces, installations, withKey };
}

const secretOf = async (installations: InstallationStore, workspace: string) =>
  (await installations.find('slack', workspace))?.secret();

describe('the token of an installed workspace', () => {
  it('a secret is read back unchanged, and is not in the database as plain text', async () => {
    const { connection, installations } = await opened();
    await installations.save('slack', 'T1', TOKEN);
    expect(await secretOf(installations, 'T1')).toBe(TOKEN);
    expect((await installations.find('slack', 'T1'))?.installedAt).toEqual(new Date('2026-05-29T12:00:00Z'));
    expect(await installations.find('slack', 'T2')).toBeUndefined();
    expect(await installations.all('slack')).toEqual(['T1']);
    expect(everythingIn(connection).includes('canary')).toBe(false);
  });

  it('a secret is never encrypted to the same bytes twice', async () => {
    const { installations, workspaces } = await opened();
    await installations.save('slack', 'T1', TOKEN);
    const once = await workspaces.installation('slack', 'T1');
    await installations.save('slack', 'T1', TOKEN);
    const twice = await workspaces.installation('slack', 'T1');
    expect(Buffer.from(once?.sealed ?? []).equals(Buffer.from(twice?.sealed ?? []))).toBe(false);
  });

  it('a secret cannot be decrypted with another key, and the error says what to do', async () => {
    const { installations, withKey } = await opened();
    await installations.save('slack', 'T1', TOKEN);
    const other = await withKey(`${KEY}!`);
    await expect(secretOf(other, 'T1')).rejects.toThrow(
      'The installation of workspace T1 cannot be decrypted with this SECRET_KEY. Restore the old key, or let the workspace install the bot again.',
    );
    await other.save('slack', 'T1', TOKEN);
    expect(await secretOf(other, 'T1')).toBe(TOKEN);
  });

  it.each<[string, (sealed: Buffer) => Buffer]>([
    [
      'changed in one bit',
      (sealed) => Buffer.from(sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte))),
    ],
    ['cut short', (sealed) => sealed.subarray(0, 20)],
    ['in an unknown format', (sealed) => Buffer.concat([Buffer.of(9), sealed.subarray(1)])],
    ['empty', () => Buffer.alloc(0)],
  ])('a secret cannot be decrypted: %s', async (_, broken) => {
    const { installations, workspaces } = await opened();
    await installations.save('slack', 'T1', TOKEN);
    const { sealed = Buffer.alloc(0) } = (await workspaces.installation('slack', 'T1')) ?? {};
    await workspaces.install('slack', { workspace: 'T1', sealed: broken(Buffer.from(sealed)) }, 'now');
    await expect(secretOf(installations, 'T1')).rejects.toThrow('cannot be decrypted');
  });

  it('a secret cannot be decrypted for another workspace', async () => {
    const { installations, workspaces } = await opened();
    await installations.save('slack', 'T1', TOKEN);
    const { sealed = Buffer.alloc(0) } = (await workspaces.installation('slack', 'T1')) ?? {};
    await workspaces.install('slack', { workspace: 'T2', sealed }, '2026-05-29T12:00:00Z');
    await expect(secretOf(installations, 'T2')).rejects.toThrow(
      'The installation of workspace T2 cannot be decrypted',
    );
  });
});
