/** Renders mails as HTML and as plain text. */
import { visible, webUrl } from '../../chat/invisible.ts';
import type { CodeMail, DigestMail, MailFooter, MailPaper, RenderedMail } from './mail-contents.ts';
import { codeHtml, digestHtml } from './mail-html.ts';
import { codeText, digestText } from './mail-text.ts';

/** No subject needs more; mailboxes show about 60. */
const MOST_SUBJECT = 200;

export function renderDigestMail(mail: DigestMail): RenderedMail {
  const clean = cleanMail(mail);
  return { subject: clean.subject, text: digestText(clean), html: digestHtml(clean) };
}

export function renderCodeMail({ subject, title, intro, code, footer }: CodeMail): RenderedMail {
  const clean: CodeMail = {
    subject: cleanSubject(subject),
    title: visible(title),
    intro: visible(intro),
    code: visible(code),
    footer: cleanFooter(footer),
  };
  return { subject: clean.subject, text: codeText(clean), html: codeHtml(clean) };
}

function cleanSubject(subject: string): string {
  return visible(subject).slice(0, MOST_SUBJECT);
}

function cleanFooter({ why, change, unsubscribeUrl }: MailFooter): MailFooter {
  return { why: visible(why), change: visible(change), ...cleaned({ unsubscribeUrl }) };
}

function cleanMail({ subject, title, intro, sections, footer }: DigestMail): DigestMail {
  return {
    subject: cleanSubject(subject),
    title: visible(title),
    intro: visible(intro),
    sections: sections
      .filter(({ papers, note }) => papers.length > 0 || note !== undefined)
      .map((section) => ({
        title: visible(section.title),
        papers: section.papers.map(cleanPaper),
        ...cleaned({ note: section.note }),
      })),
    footer: cleanFooter(footer),
  };
}

function cleanPaper({ title, url, authors, summary, reason }: MailPaper): MailPaper {
  return { title: visible(title), url: webUrl(url) ?? '', ...cleaned({ authors, summary, reason }) };
}

/** Without the texts that are absent or empty. */
function cleaned<Name extends string>(
  texts: Readonly<Record<Name, string | undefined>>,
): Partial<Record<Name, string>> {
  const result: Partial<Record<Name, string>> = {};
  for (const name in texts) {
    const text = visible(texts[name] ?? '').trim();
    if (text !== '') result[name] = text;
  }
  return result;
}
