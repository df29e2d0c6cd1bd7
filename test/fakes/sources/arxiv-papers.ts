/** arXiv's two feeds, as its servers write them, for papers that a test describes. */
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { atom, type Handler } from './http-server.ts';

const NAMESPACES =
  'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"';

export interface AnnouncedPaper {
  readonly paper: PaperRecord;
  readonly type: 'new' | 'cross' | 'replace' | 'replace-cross';
}

/** Answers `/api/query` by ID: unknown papers are left out, as arXiv does. */
export function queryHandler(papers: ReadonlyMap<string, PaperRecord>): Handler {
  return (request, response) => {
    const ids = (request.query.get('id_list') ?? '').split(',');
    const entries = ids.flatMap((id) => papers.get(id) ?? []).map(queryEntry);
    return atom(`<feed ${NAMESPACES}>${entries.join('')}</feed>`)(request, response);
  };
}

/** @param day the day of the announcement */
export function dailyHandler(day: string, announced: readonly AnnouncedPaper[]): Handler {
  const entries = announced.map(({ paper, type }) => dailyEntry(day, paper, type));
  return atom(`<feed ${NAMESPACES}>${entries.join('')}</feed>`);
}

function queryEntry(paper: PaperRecord): string {
  const { comment, journalRef, doi, published = '', updated = '' } = paper;
  return `<entry>
    <id>http://arxiv.org/abs/${paper.id}v${paper.version ?? 1}</id>
    <published>${published}</published><updated>${updated}</updated>
    ${words(paper, paper.abstract)}
    ${(paper.authors ?? []).map((name) => element('author', `<name>${escaped(name)}</name>`)).join('')}
    ${optional('arxiv:comment', comment)}${optional('arxiv:journal_ref', journalRef)}${optional('arxiv:doi', doi)}
  </entry>`;
}

function dailyEntry(day: string, paper: PaperRecord, type: AnnouncedPaper['type']): string {
  const reference = `${paper.id}v${paper.version ?? 1}`;
  return `<entry>
    <id>oai:arXiv.org:${reference}</id>
    <published>${day}T00:00:00-04:00</published>
    ${words(paper, `arXiv:${reference} Announce Type: ${type} \nAbstract: ${paper.abstract}`)}
    <arxiv:announce_type>${type}</arxiv:announce_type>
    ${element('dc:creator', escaped((paper.authors ?? []).join(', ')))}
    ${optional('arxiv:DOI', paper.doi)}${optional('arxiv:journal_reference', paper.journalRef)}
  </entry>`;
}

function words({ title, categories = [] }: PaperRecord, summary: string): string {
  const terms = categories.map((category) => `<category term="${category}"/>`);
  return `${optional('title', title)}${optional('summary', summary)}${terms.join('')}`;
}

function optional(name: string, text: string | undefined): string {
  return text === undefined ? '' : element(name, escaped(text));
}

function element(name: string, inside: string): string {
  return `<${name}>${inside}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
