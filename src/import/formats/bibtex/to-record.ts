/** Turns the fields of a BibTeX or biblatex entry into a paper. */
import { compact } from '../../../base/compact.ts';
import { ABSTRACT_LIMIT, TITLE_LIMIT } from '../../../text/clean.ts';
import { fromNamedRow } from '../../fields/from-named-row.ts';
import { findDoi } from '../../fields/identifiers.ts';
import type { ParsedRecord } from '../../fields/record-schema.ts';
import { isCategory } from '../../fields/values.ts';
import { entryDate } from './dates.ts';
import { readNames } from './names.ts';
import { plainAddress, textOfTex } from './tex-values.ts';

const FACT_LIMIT = 1_000;
const KEYWORDS_LIMIT = 10_000;
/** `arXiv:1706.03762 [cs]`, `arXiv preprint arXiv:…`, `abs/1706.03762` as the volume of CoRR. */
const NAMES_ARXIV =
  /^(?:(?:also|available|published|preprint|e-?prints?|online|as|at|on|in)\b[\s,:]*){0,5}arxiv\b|^abs\//i;
/** A remark that only says where or when the paper was found. */
const NO_REMARK = /^(?:\(?(?:last )?(?:accessed|visited|retrieved)\b|https?:\/\/\S+$|arxiv:|doi:)/i;
const ARXIV_JOURNAL = /^(?:arxiv\b|corr$|computing research repository|preprint\b.*\barxiv\b)/i;

/** @param type of the entry, in lower case */
export function toRecord(type: string, fields: ReadonlyMap<string, string>): ParsedRecord {
  /** The first of these fields that is not empty. */
  function field(...names: readonly string[]): string | undefined {
    return names.map((name) => fields.get(name)).find((value) => value !== undefined && value.trim() !== '');
  }
  const text = (limit: number, ...names: readonly string[]) =>
    textOfTex(field(...names) ?? '', limit) || undefined;
  const fact = (...names: readonly string[]) => text(FACT_LIMIT, ...names);
  const address = (name: string) => plainAddress(fields.get(name) ?? '');

  const titles = [fact('title'), fact('titleaddon'), fact('subtitle')].filter((part) => part !== undefined);
  // Whole volumes can have the title of their series, or of the conference, alone.
  const title = titles.reduce(joinTitles, '') || (isVolume(type) && fact('booktitle', 'maintitle')) || '';
  if (title === '') return { skipped: 'title is missing' };
  const names = field('author', 'authors');
  const venue = textOfTex(
    expandJournal(field('journaltitle', 'journal', 'booktitle', 'eventtitle') ?? ''),
    FACT_LIMIT,
  );
  // `annote` and `annotation` are people's own notes.
  const remark = fact('note') ?? '';
  const links = [address('url'), address('howpublished'), address('pdf'), address('bdsk-url-1')];
  return fromNamedRow(
    compact({
      title: title.slice(0, TITLE_LIMIT * 2),
      authors: names === undefined ? undefined : readNames(names),
      abstract: text(ABSTRACT_LIMIT, 'abstract', 'abstractnote'),
      published: entryDate((name) => fields.get(name)),
      eprint: [...eprints(address), ...links.filter((link) => /arxiv/i.test(link))],
      doi: [address('doi'), ...links].flatMap((link) => findDoi(link) ?? []),
      url: links.filter((link) => /^https?:/i.test(link)),
      primaryCategory: categoriesIn(address('primaryclass') || address('eprintclass')),
      keywords: text(KEYWORDS_LIMIT, 'keywords', 'keyword', 'author_keywords'),
      venue: ARXIV_JOURNAL.test(venue) ? undefined : venue || undefined,
      organization: fact('institution', 'school', 'organization'),
      comment: NO_REMARK.test(remark) ? undefined : remark || undefined,
    }),
  );
}

/** As Zotero joins them, also in their order. */
function joinTitles(title: string, part: string): string {
  return title === '' ? part : `${title}${/[.:?!]$/.test(title) ? '' : '.'} ${part}`;
}

function isVolume(type: string): boolean {
  return /(?:book|collection|proceedings|reference)$/.test(type) && !/^(?:in|book.)/.test(type);
}

/** All texts that may name the paper's arXiv id, the most certain first. */
function eprints(address: (name: string) => string): string[] {
  const archive = address('eprinttype') || address('archiveprefix');
  const category = address('primaryclass') || address('eprintclass');
  const eprint = address('eprint').replace(/^arxiv:\s*/i, '');
  const isArxiv = archive === '' || /arxiv/i.test(archive) || isCategory(archive);
  // Old ids without their archive: `eprint = {9711200}, archivePrefix = {hep-th}`.
  const old = /^\d{7}(?:v\d+)?$/.test(eprint)
    ? [archive, category].filter(isCategory).map((prefix) => `${prefix.split('.')[0]}/${eprint}`)
    : [];
  const others = [
    'doi',
    'journal',
    'journaltitle',
    'volume',
    'number',
    'eid',
    'pages',
    'howpublished',
    'note',
  ];
  return [
    ...old,
    ...(isArxiv && eprint !== '' ? [eprint] : []),
    ...['arxivid', 'arxiv', 'archiveid'].map(address),
    ...others.map(address).filter((text) => NAMES_ARXIV.test(text) || /^10\.48550\//.test(text)),
  ].filter((text) => text !== '');
}

/** `math-ph, physics:quant-ph`, as Zotero writes them. */
function categoriesIn(text: string): string[] | undefined {
  const categories = text
    .split(/[\s,;]+/)
    .map((category) => category.replace(/^\w+:/, ''))
    .filter(isCategory);
  return categories.length > 0 ? categories : undefined;
}

/**
 * Commands for journals in entries from NASA's ADS, as AASTeX defines them:
 * https://ui.adsabs.harvard.edu/help/actions/journal-macros
 */
const JOURNALS = `
aj: AJ | actaa: Acta Astron. | araa: ARA&A | apj: ApJ | apjl: ApJ | apjlett: ApJ | apjs: ApJS | apjsupp: ApJS
ao: Appl. Opt. | applopt: Appl. Opt. | apss: Ap&SS | aap: A&A | astap: A&A | aapr: A&A Rev. | aaps: A&AS | azh: AZh
baas: BAAS | bac: Bull. astr. Inst. Czechosl. | bain: Bull. Astron. Inst. Netherlands | caa: Chinese Astron. Astrophys.
cjaa: Chinese J. Astron. Astrophys. | fcp: Fund. Cosmic Phys. | gca: Geochim. Cosmochim. Acta
grl: Geophys. Res. Lett. | iaucirc: IAU Circ. | icarus: Icarus | jaavso: JAAVSO | jcap: J. Cosmology Astropart. Phys.
jcp: J. Chem. Phys. | jgr: J. Geophys. Res. | jqsrt: J. Quant. Spec. Radiat. Transf. | jrasc: JRASC | maps: M&PS
memras: MmRAS | memsai: Mem. Soc. Astron. Italiana | mnras: MNRAS | na: New A | nar: New A Rev. | nat: Nature
nphysa: Nucl. Phys. A | pasa: PASA | pasj: PASJ | pasp: PASP | physrep: Phys. Rep. | physscr: Phys. Scr
planss: Planet. Space Sci. | pra: Phys. Rev. A | prb: Phys. Rev. B | prc: Phys. Rev. C | prd: Phys. Rev. D
pre: Phys. Rev. E | prl: Phys. Rev. Lett. | procspie: Proc. SPIE | psj: PSJ | qjras: QJRAS | rmxaa: Rev. Mexicana Astron. Astrofis.
rnaas: RNAAS | skytel: S&T | solphys: Sol. Phys. | sovast: Soviet Ast. | ssr: Space Sci. Rev. | zap: ZAp
apspr: Astrophys. Space Phys. Res. | aplett: Astrophys. Lett. | memsait: Mem. Soc. Astron. Italiana | bell: Bell Labs Tech. J.
`;

const BY_COMMAND: ReadonlyMap<string, string> = new Map(
  JOURNALS.trim()
    .split(/\s*[|\n]\s*/)
    .map((pair): [string, string] => {
      const [command = '', ...name] = pair.split(': ');
      return [command, name.join(': ')];
    }),
);

/** `\apj`, `{\apj}`, `\apj{}`. */
const COMMAND = /^[{\s]*\\([a-z]+)(?:\{\})?[}\s]*$/;

/** The journal that a value names with one command alone; other values stay as they are. */
function expandJournal(value: string): string {
  const [, command = ''] = COMMAND.exec(value.slice(0, 50)) ?? [];
  return BY_COMMAND.get(command)?.replaceAll('&', String.raw`\&`) ?? value;
}
