/** Turns a card into the contents of a mail. */
import { compact } from '../../base/compact.ts';
import type { Action, Block, Card, Entry, RichText } from '../../chat/card.ts';
import { plainRichText } from '../../chat/plain.ts';
import type { DigestMail, MailFooter, MailPaper, MailSection } from './mail-contents.ts';

interface OpenSection {
  readonly title: string;
  readonly papers: MailPaper[];
  readonly notes: string[];
}

/**
 * A bold line begins a section, the other text below its papers is its note. Buttons cannot work in a mail,
 * so the footer says what to type instead.
 */
export function cardMail(card: Card, why: Pick<MailFooter, 'why' | 'unsubscribeUrl'>): DigestMail {
  const { title = '', footer, actions = [] } = card;
  const { lead, sections } = sectionsOf(card.blocks);
  const papers = sections.flatMap((section) => section.papers);
  return {
    subject: [title, subjectOf(papers)].filter((text) => text !== '').join(': '),
    title,
    intro: [countsOf(sections), ...lead].filter((text) => text !== '').join(' '),
    sections: sections.map(toSection),
    footer: { ...why, change: changeOf(actions, footer) },
  };
}

function sectionsOf(blocks: readonly Block[]): {
  readonly lead: readonly string[];
  readonly sections: readonly OpenSection[];
} {
  const lead: string[] = [];
  const sections: OpenSection[] = [];
  for (const block of blocks) {
    const last = sections.at(-1);
    if (block.kind === 'entry') {
      const open = last ?? { title: 'Papers', papers: [], notes: [] };
      if (!last) sections.push(open);
      open.papers.push(toPaper(block));
    } else if (block.kind === 'text') {
      const words = plainRichText(block.text);
      if (isOnly(block.text, 'bold')) sections.push({ title: words, papers: [], notes: [] });
      else (last?.notes ?? lead).push(words);
    }
  }
  return { lead, sections };
}

function toSection({ title, papers, notes }: OpenSection): MailSection {
  return { title, papers, ...compact({ note: notes.length > 0 ? notes.join(' ') : undefined }) };
}

function toPaper({ title, url = '', meta, body }: Entry): MailPaper {
  const reasons = body.filter((line) => isOnly(line, 'dim'));
  const summary = body.filter((line) => !isOnly(line, 'dim'));
  return {
    title,
    url,
    ...compact({ authors: inOne(meta, ' · '), summary: inOne(summary, ' '), reason: inOne(reasons, ' ') }),
  };
}

function inOne(lines: readonly RichText[], separator: string): string | undefined {
  return lines.length === 0 ? undefined : lines.map(plainRichText).join(separator);
}

function isOnly(text: RichText, kind: 'bold' | 'dim'): boolean {
  return text.length > 0 && text.every((inline) => typeof inline !== 'string' && inline.kind === kind);
}

function subjectOf([first, ...others]: readonly MailPaper[]): string {
  if (first === undefined) return '';
  return others.length === 0 ? first.title : `${first.title}, and ${others.length} more`;
}

/** `7 papers: trending papers (5), changes (2).`, because lists of mail show the beginning of a mail. */
function countsOf(sections: readonly OpenSection[]): string {
  const full = sections.filter(({ papers }) => papers.length > 0);
  const all = full.reduce((sum, { papers }) => sum + papers.length, 0);
  if (all === 0) return '';
  const each = full.map(({ title, papers }) => `${uncapitalised(title)} (${papers.length})`);
  return `${all === 1 ? '1 paper' : `${all} papers`}${full.length < 2 ? '' : `: ${each.join(', ')}`}.`;
}

/** The facts of the footer, and what can be typed: `You can type /papers digest (change the digest).` */
function changeOf(actions: readonly Action[], footer: RichText = []): string {
  const typed = actions.flatMap((action) =>
    action.kind === 'run' ? [`${action.line} (${uncapitalised(action.label)})`] : [],
  );
  const facts: string[] = [];
  for (const inline of footer) {
    if (typeof inline !== 'string' && inline.kind === 'code') {
      const label = facts.pop()?.replace(/:\s*$/, '');
      typed.push(label === undefined ? inline.text : `${inline.text} (${label})`);
    } else
      facts.push(
        ...plainRichText([inline])
          .split(' · ')
          .filter((fact) => fact.trim() !== ''),
      );
  }
  const told = facts.length === 0 ? [] : [`${capitalised(facts.join(' · '))}.`];
  const said = typed.length === 0 ? [] : [`In the chat, you can type ${typed.join(' or ')}.`];
  return [...told, ...said].join(' ');
}

function uncapitalised(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
