/**
 * The HTML of mails. Tables and inline styles carry it, because Outlook for Windows and Gmail ignore much
 * else. React escapes every text. There are no images and nothing is loaded, so no one learns who reads it.
 */
import { Body } from '@react-email/body';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement as h, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { CodeMail, DigestMail, MailFooter, MailPaper, MailSection } from './mail-contents.ts';
import { DARK_STYLES, STYLES } from './styles.ts';

/** XHTML 1.0 keeps Outlook for Windows out of its quirks. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

export function digestHtml({ subject, title, intro, sections, footer }: DigestMail): string {
  return page(subject, heading(title), introduction(intro), ...sections.map(section), foot(footer));
}

export function codeHtml({ subject, title, intro, code, footer }: CodeMail): string {
  const line = h(Text, { className: 'text', style: STYLES.code }, code);
  return page(subject, heading(title), introduction(intro), line, foot(footer));
}

function page(subject: string, ...contents: ReadonlyArray<ReactElement | null>): string {
  const head = h(
    Head,
    null,
    h('title', null, subject),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
    h('style', null, DARK_STYLES),
  );
  const column = h(Container, { style: STYLES.column }, ...contents);
  const body = h(Body, { className: 'page', style: STYLES.page }, column);
  return `${DOCTYPE}\n${renderToStaticMarkup(h(Html, { lang: 'en' }, head, body))}\n`;
}

function heading(title: string): ReactElement {
  return h(Heading, { as: 'h1', className: 'text', style: STYLES.title }, title);
}

function introduction(intro: string): ReactElement | null {
  return intro === '' ? null : h(Text, { className: 'text', style: STYLES.intro }, intro);
}

function section({ title, papers, note }: MailSection): ReactElement {
  return h(
    Section,
    null,
    h(Heading, { as: 'h2', className: 'text rule', style: STYLES.heading }, title),
    ...papers.map(paper),
    note === undefined ? null : h(Text, { className: 'muted', style: STYLES.note }, note),
  );
}

function paper({ title, url, authors, summary, reason }: MailPaper): ReactElement {
  const line = (text: string | undefined, className: string, style: object) =>
    text === undefined ? null : h(Text, { className, style }, text);
  return h(
    Section,
    null,
    h(
      Heading,
      { as: 'h3', className: 'text', style: STYLES.paperTitle },
      url === '' ? title : h(Link, { href: url, className: 'link', style: STYLES.link }, title),
    ),
    line(authors, 'muted', STYLES.authors),
    line(summary, 'text', STYLES.summary),
    line(reason, 'muted', STYLES.reason),
  );
}

function foot({ why, change, unsubscribeUrl }: MailFooter): ReactElement {
  return h(
    Section,
    null,
    h(Hr, { className: 'rule', style: STYLES.rule }),
    h(Text, { className: 'muted', style: STYLES.footer }, `${why} ${change}`),
    unsubscribeUrl === undefined
      ? null
      : h(
          Text,
          { className: 'muted', style: STYLES.footer },
          h(Link, { href: unsubscribeUrl, className: 'muted', style: STYLES.footerLink }, 'Unsubscribe'),
        ),
  );
}
