/** Decides from a server's words and codes if a failed delivery is the address's fault. */

import type { FailureVerdict } from '../../chat/direct-messages.ts';

export interface FailedDelivery {
  /** MailField `Status` of a report: https://datatracker.ietf.org/doc/html/rfc3463 */
  readonly status?: string | undefined;
  /** Everything that the servers said about this recipient. */
  readonly words: string;
  /** A local program such as procmail failed, and not a mail server. */
  readonly isLocalProgram?: boolean;
  /** SMTP command that was rejected, in capitals. */
  readonly command?: string | undefined;
}

/**
 * Enhanced codes of an address that does not exist: unknown user, unknown host, wrong syntax, moved, null MX.
 * 5.1.0 and 5.0.0 say nothing; 5.1.7 and 5.1.8 are about the sender; 5.1.4 is ambiguous.
 */
const HARD_CODES = /^5\.1\.(?:1|2|3|6|10)$/;
/** Disabled mailbox, which servers also use for an unknown user, and for a message that a filter rejected. */
const DISABLED_CODE = '5.2.1';
const FULL_CODES = /^[45]\.2\.(?:2|3)$/;
/** The sender's address. */
const SENDER_CODES = /^[45]\.1\.(?:7|8)$/;
const POLICY_CODES = /^[45]\.7\.\d+$/;
/** Codes that servers send when they know nothing better. */
const VAGUE_CODES = /^[45]\.(?:0\.0|1\.0|5\.0|3\.0)$/;

const CODE = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/g;
const PERMANENT_REPLY = /(?<![\d.])5[0-5]\d(?=[\s\-#:;,])/;

const FULL =
  /(?:mail ?box|inbox|mailfolder|account|user|recipient|storage)[^.\n]{0,40}\b(?:is |was |has been )?(?:full|over(?:drawn)?\b[^.\n]{0,12}quota|(?<!time-?out )exceed)|zuviele mails|buz[oó]n lleno|over ?quota|quota (?:has been |is |was )?(?:exceeded|full|violation)|exceed\w*[^.\n]{0,30}\b(?:quota|storage|mailbox size|allocation)|exhausted (?:allowed )?storage|(?:not enough|insufficient) (?:disk |system )?(?:space|storage)|mailbox size limit|out of storage|disk (?:quota|full)/i;

const POLICY =
  /\bspam|unsolicited|black ?list|block ?list|\bblocked\b|\bbanned\b|\breputation\b|\bpolicy\b|\bdmarc\b|\bspf\b|\bdkim\b|\bdnsbl\b|\brbl\b|spamhaus|\brelay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|relaying|access denied|not (?:authori[sz]ed|permitted|allowed)|authentication (?:required|failed)|too many|rate limit|throttl|grey ?list|try (?:again )?later|again in \d|virus|malware|content rejected|message (?:size|too (?:large|big))|suspicious|\bptr\b|reverse dns|\bhelo\b/i;

/** A mailbox that its owner or administrator can open again. */
const SUSPENDED =
  /\b(?:suspend|deactivat|disabled|inactive|locked|frozen|expired account|account expired|dormant)/i;

const NOUN = '(?:user|recipient|mail ?box|account|address|alias|e-?mail|person|name|subscriber|customer)';
const UNKNOWN_USER = new RegExp(
  [
    `\\b(?:unknown|invalid|no such|non-?existent|nonexisting|bad|illegal|wrong|unrouteable|undeliverable|unresolvable) (?:local |virtual |destination |e-?mail |mail )?(?:mail)?(?:${NOUN}|person|domain|part|local-part)`,
    `\\bno (?:mail ?box|account|user|recipient|such)\\b`,
    `\\b(?:${NOUN}|local part)s?(?: name| address| account)?\\W{0,3}(?:<[^<>\\n]{0,100}>|\\([^()\\n]{0,100}\\)|[^\\s@<>]{1,64}@[^\\s<>]{1,100})?[^\\S\\n]{0,3}(?:[-:.,]{0,3}[^\\S\\n]?)(?:is |was |are |has |been |in |currently )*(?:unknown|invalid|not (?:be )?(?:found|known|exist|listed|recogni[sz]ed|valid|hosted)|does(?:n.t| not) exist|do(?:n.t| not) exist|doesn.t have|not have|isn.t (?:listed|valid|known))`,
    `(?:does(?:n.t| not)|did(?:n.t| not)) exist`,
    `(?:does(?:n.t| not)) have an?[^.\\n]{0,30}(?:account|mailbox)`,
    `not? (?:a )?(?:valid|known|registered|local|existing|our)[^.\\n]{0,20}(?:${NOUN}|customer)`,
    `(?:${NOUN}|adressat|empf.nger)[^.\\n]{0,30}(?:unbekannt|existiert nicht|nicht gefunden)`,
    `wasn.t found at|was not found at|could(?:n.t| not) be found(?! in dns)|not listed in (?:domino|public|the)`,
    `recipnotfound|recipientnotfound|recipient ?not ?found|user ?unknown|addressee unknown|unknown addressee|unknown to address`,
    `(?:mail ?box|user|account)[^.\\n]{0,40}\\b(?:not found|unavailable or access denied|has been (?:deleted|removed|terminated|closed)|no longer (?:exists|available|valid))`,
    `no longer (?:work|employ|with (?:us|this company)|on (?:this |our |the )?server)`,
    `no ?one with that (?:name|e-?mail address)`,
    `\\bhas (?:moved|left)\\b`,
  ].join('|'),
  'i',
);

const UNKNOWN_IN_OTHER_LANGUAGES =
  /\b(?:destinatari[oa]|usu[aá]rio|utente|utilizador|utilisateur|destinataire|indirizzo|direcci[oó]n|adresse|cuenta|konto|adres)\b[^.\n]{0,30}(?:desconocid|desconhecid|sconosciut|inconnu|inexist|inesist|errat|no existe|n[aã]o existe|n.existe pas|nie istnieje)|nie ma takiego|не найден|не существует|нет такого|no ha sido encontrad|宛先不明|存在しません|不存在|无此用户/iu;

const UNKNOWN_HOST =
  /\b(?:host|domain|mx|name)s?(?: or domain)?(?: name)?\b[^.\n]{0,40}\b(?:unknown|not found|does(?:n.t| not) exist|nxdomain)|\bunknown (?:host|domain)|couldn.t find any host|no (?:such|valid) (?:host|domain|mx)|domain not found|(?:does not|doesn.t) accept (?:e-?)?mail|\bnull ?mx\b|unrouteable (?:mail )?(?:domain|address)|all relevant mx records point to non-existent|no mail exchanger/i;
const TRY_AGAIN =
  /try again|temporar|time(?:d)? ?-?out|transient|lookup fail|retry|deferred|not reachable|unreachable/i;

/** Exchange Online's reply for an unknown recipient. */
const EXCHANGE_UNKNOWN = /\b5\.4\.1\b[^\n]{0,60}recipient address rejected/i;
/** RFC 5321, 4.2.2: “mailbox not found, no access”. With 450 it is a mailbox that is busy. */
const UNAVAILABLE = /(?:requested action not taken\W{1,3})?mailbox (?:is )?unavailable/i;

const UNKNOWN = [UNKNOWN_USER, UNKNOWN_IN_OTHER_LANGUAGES, EXCHANGE_UNKNOWN];

/** True if the words name a cause, so that a notice without a code is worth reading. */
export function namesCause(words: string): boolean {
  return (
    [FULL, POLICY, SUSPENDED, ...UNKNOWN, UNKNOWN_HOST, TRY_AGAIN, UNAVAILABLE].some((cause) =>
      cause.test(words),
    ) || hasReplyCode(words)
  );
}

/** True if the words quote the reply of a server. */
export function hasReplyCode(words: string): boolean {
  return /(?<![\d.])[45]\d\d(?=[\s\-#:;,])|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.test(words);
}

/** In doubt, the address keeps its mail: `soft`. */
export function failureVerdict({
  status = '',
  words,
  isLocalProgram,
  command,
}: FailedDelivery): FailureVerdict {
  const codes = [...codesIn(words), ...codesIn(status)];
  const isUnknown = UNKNOWN.some((cause) => cause.test(words));
  const isPolicy = POLICY.test(words);
  if (isLocalProgram) return 'soft';
  if (codes.some((code) => FULL_CODES.test(code))) return 'soft';
  const code = codes.find((each) => !VAGUE_CODES.test(each));
  if (code !== undefined && (POLICY_CODES.test(code) || SENDER_CODES.test(code))) return 'soft';
  if (codes.some((each) => POLICY_CODES.test(each)) && !isUnknown) return 'soft';
  if (FULL.test(words)) return 'soft';
  if (code !== undefined && HARD_CODES.test(code)) return isPolicy && !isUnknown ? 'soft' : 'hard';
  if (code === DISABLED_CODE) return disabledVerdict(isPolicy, words, command);
  if (SUSPENDED.test(words) && !isUnknown) return 'soft';
  if (isUnknown) return isPolicy && !EXCHANGE_UNKNOWN.test(words) ? 'soft' : 'hard';
  if (UNKNOWN_HOST.test(words)) return TRY_AGAIN.test(words) ? 'soft' : 'hard';
  if (UNAVAILABLE.test(words) && PERMANENT_REPLY.test(words) && !isPolicy) return 'hard';
  return 'soft';
}

function disabledVerdict(isPolicy: boolean, words: string, command: string | undefined): FailureVerdict {
  return isPolicy || SUSPENDED.test(words) || command === 'DATA' ? 'soft' : 'hard';
}

function codesIn(text: string): string[] {
  return Array.from(text.matchAll(CODE), ([code]) => code).filter((code) => !code.startsWith('2'));
}
