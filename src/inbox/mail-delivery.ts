/** Sends a digest from the ledger by e-mail. */
import type { Logger } from '../base/log.ts';
import type { PersonRef } from '../chat/caller.ts';
import { type Card, sentence } from '../chat/card.ts';
import type { DeliveryOutcome, MailOutcome } from '../chat/direct-messages.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Notice } from '../delivery/ledger/notice.ts';
import type { Mailer } from '../mail/mailer.ts';
import { cardMail } from '../mail/rendering/card-mail.ts';
import { renderDigestMail } from '../mail/rendering/render-mail.ts';
import { unsubscribeUrl } from '../mail/unsubscribe.ts';
import type { Clock } from '../time/clock.ts';
import type { AddressSeal } from './address-seal.ts';
import type { MailAddress, MailAddresses, MailEndReason } from './mail-address.ts';
import type { MailHandOvers } from './mail-hand-over-store.ts';

export interface MailDelivery {
  /** @param key of the row in the ledger, which names the mail */
  deliver(target: ChannelRef, card: Card, key: string): Promise<DeliveryOutcome>;
  /** A direct message about a digest that may not have arrived; `undefined` if the address is gone. */
  noteOf(target: ChannelRef, key: string): Promise<UnconfirmedNote | undefined>;
}

interface UnconfirmedNote {
  readonly person: PersonRef;
  readonly title: string;
  readonly card: Card;
}

interface MailDeliveryOptions {
  readonly addresses: Pick<MailAddresses, 'find' | 'end'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly handOvers: Pick<MailHandOvers, 'begin' | 'undo'>;
  readonly seal: AddressSeal;
  /** `https://bot.example.org`; absent if nothing is served to the public. */
  readonly publicUrl: string | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}

const TOPIC = 'digest-mail';
const UNCONFIRMED_TITLE = 'Your digest by e-mail';
const UNREADABLE = 'it cannot be read any more, because SECRET_KEY has changed';
const WHY = 'You receive this e-mail because you asked for a digest of research papers in a chat.';

export function openMailDelivery(options: MailDeliveryOptions): MailDelivery {
  const { addresses, handOvers, mailer, seal, publicUrl, clock, log } = options;

  async function endMail({ id, person }: MailAddress, words: string, key: string) {
    await addresses.end(id, { by: 'bounce', words }, endNotice(person, 'bounce', clock.now()), key);
  }

  return {
    async deliver({ channel }, card, key) {
      const found = await addresses.find(channel);
      if (!found || found.end) return { result: 'gone' };
      const { person, token } = found;
      const to = seal.read(found.address, person);
      if (to === undefined) {
        await endMail(found, UNREADABLE, key);
        return { result: 'gone' };
      }
      const url = publicUrl === undefined ? {} : { unsubscribeUrl: unsubscribeUrl(publicUrl, token) };
      const headers = publicUrl === undefined ? {} : { unsubscribe: { token, baseUrl: publicUrl } };
      const rendered = renderDigestMail(cardMail(card, { why: WHY, ...url }));
      let isOurs = false;
      const mayHandOver = async () => {
        isOurs = await handOvers.begin(key, clock.now());
        return isOurs;
      };
      const sent = await mailer.send({ name: key, to, ...rendered, ...headers, mayHandOver });
      if (sent.result === 'later' && isOurs) await handOvers.undo(key);
      const outcome = withoutAddress(sent, to);
      if (outcome.result === 'refused' && outcome.by === 'address' && outcome.verdict === 'hard') {
        await endMail(found, outcome.words, key);
        log.warn({ address: found.id }, 'mail: address refused');
      }
      return outcome;
    },

    async noteOf({ channel }, key) {
      const found = await addresses.find(channel);
      return found && { person: found.person, title: UNCONFIRMED_TITLE, card: unconfirmedCard(key) };
    },
  };
}

/** Shows the digest only on request, because most people have got it. */
function unconfirmedCard(key: string): Card {
  return {
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        text: ['The mail server did not confirm your last digest, so it may not have arrived by e-mail.'],
      },
    ],
    actions: [
      {
        kind: 'run',
        label: 'Show it here',
        line: `/papers digest unconfirmed:${key}`,
        effect: 'answer',
      },
    ],
  };
}

/**
 * The direct message that says why no more e-mail comes. Without the address, because sent messages are kept.
 */
export function endNotice(to: PersonRef, by: MailEndReason, now: Date): Notice {
  const text =
    by === 'complaint'
      ? 'Your digest has stopped, because an e-mail of it was reported as spam. To get it here, by direct message: /papers digest on'
      : 'Your digest could not be delivered to your e-mail address. It comes here from now on, by direct message. What the mail server said, and how to use another address: /papers digest';
  return { to, topic: TOPIC, due: now.getTime(), title: 'Your digest by e-mail', card: sentence(text) };
}

/** Servers repeat the address, which must not stay in the ledger. */
function withoutAddress(outcome: MailOutcome, address: string): MailOutcome {
  if (!('words' in outcome)) return outcome;
  const pieces = outcome.words.toLowerCase().split(address.toLowerCase());
  let at = 0;
  const words = pieces.map((piece) => {
    const text = outcome.words.slice(at, at + piece.length);
    at += piece.length + address.length;
    return text;
  });
  return { ...outcome, words: words.join('…') };
}
