/** Prepares e-mail addresses for the database: sealed if there is a key, or as text. */
import type { PersonRef } from '../chat/caller.ts';
import type { Sealing } from '../workspaces/sealing.ts';

export interface AddressSeal {
  keep(address: string, person: PersonRef): Uint8Array;
  /** `undefined` if it was sealed with another key, or without one now. */
  read(kept: Uint8Array, person: PersonRef): string | undefined;
}

/** First byte of an address that is not sealed. Sealed data begins with the number of its format. */
const AS_TEXT = 0;

/** @param sealing absent without `SECRET_KEY`, which most installations do not set */
export function openAddressSeal(sealing: Sealing | undefined): AddressSeal {
  return {
    keep(address, person) {
      if (sealing) return sealing.seal(address, ownerOfAddress(person));
      return Buffer.concat([Buffer.of(AS_TEXT), Buffer.from(address)]);
    },
    read(kept, person) {
      if (kept[0] === AS_TEXT) return Buffer.from(kept.subarray(1)).toString('utf8');
      return sealing?.unseal(kept, ownerOfAddress(person));
    },
  };
}

function ownerOfAddress({ platform, workspace, person }: PersonRef): string {
  return JSON.stringify(['e-mail address', platform, workspace, person]);
}
