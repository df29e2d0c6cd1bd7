/** Turns on the digest by e-mail for people, after a code has shown that the address is theirs. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import { counted } from '../cards/counts.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import { type MailOutcome, mailTo } from '../chat/direct-messages.ts';
import type { ChannelRef } from '../chat/refs.ts';
import { parseMailAddress } from '../mail/address.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { CodeMail } from '../mail/rendering/mail-contents.ts';
import { newUnsubscribeToken } from '../mail/unsubscribe.ts';
import type { Clock } from '../time/clock.ts';
import type { AddressSeal } from './address-seal.ts';
import { CODE_MINUTES, type MailAddresses, type MailEnd } from './mail-address.ts';
import type { MailHandOvers } from './mail-hand-over-store.ts';

export interface MailInboxState {
  /** `undefined` if it cannot be read, because `SECRET_KEY` has changed. */
  readonly address: string | undefined;
  /** Where its digests are in the ledger. */
  readonly target: ChannelRef;
  /** Why nothing more is sent to it. */
  readonly end?: MailEnd;
}

export interface AskedAddress {
  readonly address: string;
  readonly isConfirmed: boolean;
}

export interface MailInboxes {
  /** False if the bot sends no e-mail. */
  readonly isServed: boolean;
  /** The person's confirmed address. */
  of(person: PersonRef): Promise<MailInboxState | undefined>;
  /**
   * Sends a code to an address, unless it is the person's already.
   * @throws UserError for what is no address, after too many codes, and if the code cannot be sent
   */
  ask(person: PersonRef, typed: string, signal: AbortSignal): Promise<AskedAddress>;
  /**
   * Turns e-mail on if the code is right.
   * @throws UserError for a wrong code, or one that is not valid any more
   */
  confirm(person: PersonRef, typed: string): Promise<void>;
  /** A digest that may not have arrived; `undefined` if it is settled, or was for somebody else. */
  unconfirmed(person: PersonRef, key: string): Promise<Card | undefined>;
  /** Deletes the address: digests come by direct message. Returns false if there was none. */
  leave(person: PersonRef): Promise<boolean>;
}

interface MailInboxOptions {
  readonly addresses: MailAddresses;
  readonly handOvers: Pick<MailHandOvers, 'unconfirmed'>;
  /** Absent without `SMTP_URL`. */
  readonly mailer: Pick<Mailer, 'send'> | undefined;
  readonly seal: AddressSeal;
  readonly clock: Clock;
}

const DIGITS = 6;
const ID_BYTES = 16;
const MINUTE_MS = 60_000;
const AGAIN = 'For a new one, type /papers digest email: with your address.';

export function openMailInboxes({
  addresses,
  handOvers,
  mailer,
  seal,
  clock,
}: MailInboxOptions): MailInboxes {
  return {
    isServed: mailer !== undefined,

    async of(person) {
      const found = await addresses.ofPerson(person);
      if (!found) return undefined;
      const { id, address, end } = found;
      return { address: seal.read(address, found.person), target: mailTo(id), ...(end && { end }) };
    },

    unconfirmed: (person, key) => handOvers.unconfirmed(person, key),

    async ask(person, typed, signal) {
      if (!mailer) throw notServed();
      const address = parseMailAddress(typed);
      const known = await addresses.ofPerson(person);
      const isSame = known && !known.end && seal.read(known.address, person) === address;
      if (isSame) return { address, isConfirmed: true };
      const { renderCodeMail } = await import('../mail/rendering/render-mail.ts');
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
      const added = await addresses.addCode(
        { person, address: seal.keep(address, person), addressHash: hashOfAddress(address), code },
        clock.now(),
      );
      if ('limitOf' in added) throw tooManyCodes(added.limitOf, added.waitMs);
      const name = `code-${randomBytes(ID_BYTES).toString('hex')}`;
      const outcome = await mailer.send({ name, to: address, ...renderCodeMail(codeMail(code)) }, signal);
      if (outcome.result === 'later' || outcome.result === 'refused') {
        await addresses.dropCode(added.id);
        throw notSent(address, outcome);
      }
      return { address, isConfirmed: false };
    },

    async confirm(person, typed) {
      const code = typed.replace(/[\s-]/g, '');
      if (!/^\d{6}$/.test(code))
        throw new UserError(`A code has ${DIGITS} digits. Type it as in the e-mail.`);
      const fresh = { id: randomBytes(ID_BYTES).toString('base64url'), token: newUnsubscribeToken() };
      const outcome = await addresses.tryCode(person, code, fresh, clock.now());
      switch (outcome.kind) {
        case 'none':
          throw new UserError(
            `You have no code that is still valid. A code can be used for ${CODE_MINUTES} minutes. ${AGAIN}`,
          );
        case 'wrong':
          throw new UserError(
            outcome.left > 0
              ? `This is not the code in the latest e-mail. You can try ${counted(outcome.left, 'more time')}.`
              : `This is not the code, and it cannot be tried again. ${AGAIN}`,
          );
        case 'confirmed':
      }
    },

    leave: (person) => addresses.remove(person),
  };
}

function notServed(): UserError {
  return new UserError(
    'This bot sends no e-mail, because its administrator has not set SMTP_URL. Get the digest by direct message: /papers digest on',
  );
}

function tooManyCodes(limitOf: 'person' | 'address', waitMs: number): UserError {
  const who = limitOf === 'person' ? 'You have asked for' : 'This address was sent';
  return new UserError(`${who} too many codes in the last hour. Try again in ${minutesIn(waitMs)}.`);
}

function notSent(address: string, outcome: Extract<MailOutcome, { result: 'later' | 'refused' }>): UserError {
  if (outcome.result === 'refused')
    return new UserError(
      `The mail server does not accept ${address}: “${outcome.words}” Check the address, or use another one.`,
    );
  return new UserError(
    `The code could not be sent: “${outcome.words}” Try again in ${minutesIn(outcome.afterMs)}. By direct message, the digest comes without a code: /papers digest on`,
  );
}

function minutesIn(ms: number): string {
  return counted(Math.max(1, Math.ceil(ms / MINUTE_MS)), 'minute');
}

function codeMail(code: string): CodeMail {
  return {
    subject: `${code} is your code for the digest`,
    title: 'Your code for the digest',
    intro: `To get your digest at this address, type this code in the chat, such as “/papers digest code:${code}”. It is valid for ${CODE_MINUTES} minutes.`,
    code,
    footer: {
      why: 'Somebody typed this address in a chat to get a digest of research papers.',
      change: 'If that was not you, ignore this e-mail: nothing more is sent to you.',
    },
  };
}

/** Mailboxes do not tell upper from lower case. */
function hashOfAddress(address: string): Uint8Array {
  return createHash('sha256').update(address.toLowerCase()).digest();
}
