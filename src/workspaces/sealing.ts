/**
 * Encrypts secrets of workspaces for the database: AES-256-GCM with a key derived from a passphrase. A secret
 * sealed for one workspace cannot be opened for another.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

export interface Sealing {
  /** @param owner bound to the text, and required to unseal it */
  seal(text: string, owner: string): Uint8Array;
  /** `undefined` for another key, another owner, or changed data. */
  unseal(sealed: Uint8Array, owner: string): string | undefined;
  /** Derives a secret for another purpose, from which the key cannot be recovered. */
  keyFor(purpose: string): string;
}

const ALGORITHM = 'aes-256-gcm';
/** First byte of sealed data, to allow other formats later. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
/** Constant, because there is one key; workspaces are separated by `owner`. */
const SALT = 'paperboy installations';

/** Takes about 50 ms in another thread. Slow on purpose, as a made-up passphrase can be guessed. */
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
