/**
 * Secrets of workspaces as the database keeps them: AES-256-GCM by a key that is made from a passphrase. What is sealed for one
 * workspace cannot be opened as another's.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

export interface Sealing {
  /** @param owner bound to the text: it opens for the same alone */
  seal(text: string, owner: string): Uint8Array;
  /** `undefined` for what was sealed with another key, for another owner, or was changed since. */
  unseal(sealed: Uint8Array, owner: string): string | undefined;
  /** A secret for another purpose, of which nothing leads back to the key. */
  keyFor(purpose: string): string;
}

const ALGORITHM = 'aes-256-gcm';
/** The first byte of what is sealed, so that another form can follow. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
/** One passphrase, one key: what tells workspaces apart is the owner. */
const SALT = 'paperboy installations';

/** Takes some 50 ms, in another thread: a passphrase that somebody made up is worth guessing. */
export async function openSealing(passphrase: string): Promise<Sealing> {
  const key = await promisify<string, string, number, Buffer>(scrypt)(passphrase, SALT, 32);
  return {
    keyFor: (purpose) => createHmac('sha256', key).update(purpose).digest('hex'),
    seal(text, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(owner));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), hidden]);
    },
    unseal(sealed, owner) {
      if (sealed.length < HEAD_BYTES || sealed[0] !== FORMAT) return undefined;
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        return undefined;
      }
    },
  };
}
