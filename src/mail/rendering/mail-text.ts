/** The plain text of mails, for people and programs that read no HTML. */
import wrap from 'wrap-ansi';
import type { CodeMail, DigestMail, MailFooter, MailPaper, MailSection } from './mail-contents.ts';

/** Below 78, so that replies can quote it: https://datatracker.ietf.org/doc/html/rfc5322#section-2.1.1 */
const COLUMNS = 72;

export function digestText({ title, intro, sections, footer }: DigestMail): string {
  return blocks(title.toUpperCase(), lines(intro), ...sections.map(sectionText), foot(footer));
}

export function codeText({ title, intro, code, footer }: CodeMail): string {
  return blocks(title.toUpperCase(), lines(intro), `  ${code}`, foot(footer));
}

function blocks(...texts: readonly string[]): string {
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}

function foot({ why, change, unsubscribeUrl }: MailFooter): string {
  const link = unsubscribeUrl === undefined ? '' : `Unsubscribe: ${unsubscribeUrl}`;
  return ['--', lines(why), lines(change), link].filter((line) => line !== '').join('\n');
}

function sectionText({ title, papers, note = '' }: MailSection): string {
  const heading = `${title}\n${'='.repeat(Math.min(title.length, COLUMNS))}`;
  return [heading, ...papers.map(paperText), lines(note)].filter((block) => block !== '').join('\n\n');
}

function paperText({ title, url, authors = '', summary = '', reason = '' }: MailPaper): string {
  // A link stays whole, so that it can be opened.
  return [
    `* ${lines(title, '  ').trimStart()}`,
    ...[authors, summary, reason].map((text) => lines(text, '  ')),
    url && `  ${url}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function lines(text: string, indent = ''): string {
  if (text === '') return '';
  return wrap(text, COLUMNS - indent.length)
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}
