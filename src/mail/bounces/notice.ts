/** Reads bounces that are written for people only, as qmail, Exim and many others send them. */
import { failureVerdict, hasReplyCode, namesCause } from './failure-reason.ts';
import { addressesIn, fieldOf, type MailParts } from './mail-parts.ts';
import type { ReportedRecipient, ReportVerdict } from './report.ts';

const DAEMON =
  /^(?:mailer-?daemon|mail-?daemon|post_?master|mdaemon|mail(?:er)?[-_.]?(?:delivery|system)|mailsystem|smtp-?gateway)\b/i;
const DAEMON_NAME =
  /mail delivery|delivery (?:sub)?system|mail(?:er)?[- ]daemon|postmaster|system administrator|mail (?:administrator|system)|internet mail delivery/i;
const SUBJECT =
  /undeliver|un-?deliverable|unzustellbar|returned (?:mail|to sender)|delivery (?:status|notification|failure|failed|problem|error|has failed|report|delay)|delivery of .{0,40}(?:fail|delay)|failure (?:notice|delivery)|fail(?:ed|ure)[^\n]{0,20}deliver|mail (?:delivery )?(?:failed|failure|error|system error)|(?:could|can) ?not be delivered|non[- ]?delivery|nondeliverable|delivery error|message (?:status|delayed|error|undeliver)|warning: (?:message|could not|mail)|delayed|error sending|bounce|not delivered|недоставлен|не доставлен|unbekannt|配信/i;
const SAYS_SO =
  /(?:could|can|was|were|has|have|been|is|will)(?: ?not|n.t) (?:yet )?(?:be |been )?(?:able to )?deliver|unable to deliver|undeliver|deliver(?:y|ing)[^.\n]{0,80}(?:fail|delay|not possible|unsuccessful|problem|has been stopped|aborted)|did not reach|fail(?:ed|ure) (?:to |in )?deliver|permanent (?:fatal )?(?:error|failure)|fatal errors|returned to (?:you|sender)|not able to deliver|couldn.t be delivered|undelivered|(?:has|have) been delayed|following (?:address|recipient)|error (?:message )?(?:below|from remote)|reason for the (?:problem|failure|return)|rejected|не может быть доставлено|non remis|配信できません/i;
const DELAYED =
  /warning message only|(?:has|have|been|is|was) delayed|delayed (?:for|by)?\s*\d|not yet (?:been )?(?:be )?delivered|(?:will|shall) (?:be retried|continue (?:to try|trying|for)|keep trying|try again|retry)|continu\w+ (?:to try|trying)|attempts? will continue|delivery (?:is )?delayed|still (?:being tried|trying|queued|in the queue)|do not need to resend|no need to resend|no action is required/i;

/** The copy of the returned message begins here. */
const COPY =
  /^[ \t>]*(?:[-*=_]{2,}[^\n]{0,10}(?:original message|message header|unsent message|returned message|below this line|this is a copy|copy of (?:the|your) (?:original )?message|(?:the )?header of the original|original message follows|included message|forwarded message|message (?:text|body) follows|begin (?:of )?message)|(?:a )?copy of (?:the|your) (?:original )?message (?:follows|is included)|(?:the )?original message (?:headers? )?(?:follows|is attached)|original message headers?:|(?:received|return-path|dkim-signature|x-[\w-]+): )/im;
/** Quoted header of the returned message, which may name others than the one who failed. */
const QUOTED_HEADER =
  /^[\s>]*(?:to|cc|bcc|from|subject|sent|date|reply-to|received|return-path|sender|message-?id|mail from|envelope-from|x-[\w-]+|an|von|betreff|für weitere)\s*:/i;
const ASKS_FOR_HELP =
  /please (?:contact|send|e-?mail)|contact (?:<|your|the|us\b|postmaster)|assistance|further help|questions|e-?mail administrator|support/i;
const ROLE = /^(?:mailer-?daemon|post_?master|abuse|support|help(?:desk)?|noc|hostmaster|webmaster)@/i;
/** In front of a recipient's address on its line. */
const BEFORE =
  /(?:^[^\p{L}\p{N}]*|\b(?:to|for|recipient|recipients|address|mailbox|user|account|group|empfänger|following)\b[^@\p{L}]{0,12}|\(|:\s{0,3}|;dda:smtp=|smtp=|[45]\d\d[ -](?:[45]\.\d\.\d{1,3} )?)["'<([]{0,2}$/iu;

const MOST_LINES = 600;
const MOST_RECIPIENTS = 50;
const MOST_WORDS = 1_500;

export function isFromMailSystem({ headers, from, fromName }: MailParts): boolean {
  return (
    DAEMON.test(from) || DAEMON_NAME.test(fromName) || fieldOf(headers, 'x-failed-recipients') !== undefined
  );
}

/** True if the message says that something could not be delivered. */
export function isNotice(parts: MailParts): boolean {
  const inSubject = SUBJECT.test(parts.subject);
  const inText = SAYS_SO.test(parts.text.slice(0, 8_000));
  return isFromMailSystem(parts) ? inSubject || inText : inSubject && inText;
}

/** @returns nobody if the notice names neither a recipient nor a cause */
export function readNotice(parts: MailParts): ReportedRecipient[] {
  const text = beforeCopy(parts.text);
  const isDelayed = DELAYED.test(text) || /\bdelay/i.test(parts.subject);
  const own = new Set([parts.from, ...addressesIn(fieldOf(parts.headers, 'to') ?? '').map(lower)]);
  const listed = addressesIn(fieldOf(parts.headers, 'x-failed-recipients') ?? '').map(lower);
  const sections = sectionsOf(text, own);
  const addresses = listed.length > 0 ? [...new Set(listed)] : [...sections.keys()];
  const preamble = `${parts.subject}\n${text}`.slice(0, MOST_WORDS);
  if (addresses.length === 0) {
    const isCertain =
      hasReplyCode(text) || (isFromMailSystem(parts) && SUBJECT.test(parts.subject) && SAYS_SO.test(text));
    return isCertain ? [{ verdict: verdictOf(preamble, isDelayed), words: preamble }] : [];
  }
  return addresses.slice(0, MOST_RECIPIENTS).map((address) => {
    const section = sections.get(address) ?? '';
    const words = namesCause(section) ? section : preamble;
    return { address, verdict: verdictOf(words, isDelayed), words };
  });
}

function verdictOf(words: string, isDelayed: boolean): ReportVerdict {
  if (isDelayed) return hasReplyCode(words) ? 'soft' : 'delay';
  return failureVerdict({ words, isLocalProgram: /command output:/i.test(words) });
}

function beforeCopy(text: string): string {
  const at = COPY.exec(text)?.index ?? -1;
  // A notice may begin with what looks like a copy.
  return at > 40 ? text.slice(0, at) : text;
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** The lines about each recipient, from the line with the address to the next recipient. */
function sectionsOf(text: string, own: ReadonlySet<string>): Map<string, string> {
  const sections = new Map<string, string>();
  let current: string | undefined;
  for (const line of text.split('\n').slice(0, MOST_LINES)) {
    const [address] = QUOTED_HEADER.test(line) || ASKS_FOR_HELP.test(line) ? [] : recipientsOn(line, own);
    if (address !== undefined && !sections.has(address) && sections.size < MOST_RECIPIENTS) current = address;
    if (current === undefined) continue;
    const before = sections.get(current) ?? '';
    sections.set(current, `${before}${line.trim()}\n`.slice(0, MOST_WORDS));
  }
  return sections;
}

function recipientsOn(line: string, own: ReadonlySet<string>): string[] {
  const text = line.slice(0, 1_000);
  return addressesIn(text)
    .map(lower)
    .filter((address) => {
      const at = text.toLowerCase().indexOf(address);
      return !own.has(address) && !ROLE.test(address) && BEFORE.test(text.slice(Math.max(at - 60, 0), at));
    });
}
