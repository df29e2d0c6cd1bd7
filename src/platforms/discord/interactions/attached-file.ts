/** Files that people attach to a command or a mention. */
import { UserError } from '../../../base/errors.ts';
import { clip } from '../../../chat/clip.ts';
import type { AttachedFile } from '../../../chat/handlers.ts';
import { timeoutSignal } from '../../../resilience/deadline.ts';

/** Discord's servers for files. https://discord.com/developers/docs/reference#signed-attachment-cdn-urls */
const HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const TIMEOUT_MS = 30_000;
const NAME = 80;

interface Attachment {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

/** @param apiUrl files may also come from its host */
export function toAttachedFile({ name, size, url }: Attachment, apiUrl: string): AttachedFile {
  const lost = () => new UserError(`${clip(name, NAME)} could not be downloaded. Attach it again.`);

  async function download(signal: AbortSignal): Promise<Buffer> {
    const { hostname } = new URL(url);
    if (!HOSTS.has(hostname) && hostname !== new URL(apiUrl).hostname) throw lost();
    const response = await fetch(url, { redirect: 'error', signal: timeoutSignal(TIMEOUT_MS, signal) });
    if (!response.ok || response.body === null) throw lost();
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body) {
      length += part.length;
      if (length > size) throw lost();
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  return {
    name,
    bytes: size,
    async read(signal) {
      try {
        return await download(signal);
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof UserError ? error : lost();
      }
    },
  };
}
