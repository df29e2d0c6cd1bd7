/**
 * Subcommand `bounce`: reads a message that came back from standard input, as mail servers pass it on, and
 * ends the e-mail to an address that does not exist or has complained.
 */

import { openAddressSeal } from '../../inbox/address-seal.ts';
import { actOnReport, type ReportOutcome } from '../../inbox/mail-reports.ts';
import { systemClock } from '../../time/clock.ts';
import { openSealing } from '../../workspaces/sealing.ts';
import { fail, readConfig, say, withStores } from '../session.ts';

/** Reports are in the beginning; what follows is the returned message. */
const MOST_BYTES = 512 * 1024;
/** For mail servers: keep the message, and try again later (`sysexits.h`). */
const EX_TEMPFAIL = 75;

const WORDS: Readonly<Record<ReportOutcome, string>> = {
  ended: 'No more digests are sent to this address. The person is told.',
  known: 'Nothing to do: e-mail to this address had ended before.',
  foreign: 'Ignored: it is not about a digest that was sent to this address.',
  harmless: 'Ignored: it says neither that an address does not exist nor that somebody complained.',
};

/** Any message is dealt with, so only a failure of this program makes the mail server try again. */
export async function runBounce(): Promise<void> {
  try {
    const raw = await beginningOf(process.stdin);
    const config = readConfig();
    const seal = openAddressSeal(
      config.secretKey === undefined ? undefined : await openSealing(config.secretKey),
    );
    const outcome = await withStores(config, ({ mailAddresses: addresses }) =>
      actOnReport({ addresses, seal, clock: systemClock }, raw),
    );
    say(WORDS[outcome]);
  } catch (error) {
    fail(error);
    process.exitCode = EX_TEMPFAIL;
  }
}

/** Reads to the end, because a mail server may take a closed pipe for a failure. */
async function beginningOf(input: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    if (bytes < MOST_BYTES) chunks.push(Buffer.from(chunk as Uint8Array));
    bytes += (chunk as Uint8Array).length;
  }
  return Buffer.concat(chunks);
}
