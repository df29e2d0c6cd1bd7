/** No input blocks a thread in a parser. Long repetitions expose patterns with quadratic time. */
import { expect, it } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { parseUser } from '../../../commands/paperfeed/input/parse-user.ts';
import { smallTalk } from '../../../commands/papers/help.ts';
import { namesBefore, paperNamesIn } from '../../../commands/papers/input/paper-names.ts';
import { unquoted } from '../../../commands/views/quote.ts';
import { bestQuotes } from '../../../src/answers/best-sentences.ts';
import { readQuestion } from '../../../src/answers/question.ts';
import { conclusiveness, onlyAnnounces } from '../../../src/answers/statements.ts';
import { visible, webUrl } from '../../../src/chat/invisible.ts';
import { parseLine } from '../../../src/command/parse.ts';
import { numbersMeant } from '../../../src/command/reading/paper-words.ts';
import { readSaid } from '../../../src/command/reading/read-said.ts';
import { refineList } from '../../../src/command/reading/refine.ts';
import { readNumberFirst, readSentence } from '../../../src/command/reading/sentences.ts';
import { severalPapers } from '../../../src/command/several-papers.ts';
import { cutWords } from '../../../src/command/words.ts';
import { toLatex } from '../../../src/export/latex.ts';
import { parseTerms } from '../../../src/feeds/options/terms.ts';
import { parseWeekdays } from '../../../src/feeds/options/weekdays.ts';
import { entryDate } from '../../../src/import/formats/bibtex/dates.ts';
import { readNames } from '../../../src/import/formats/bibtex/names.ts';
import { readFields } from '../../../src/import/formats/bibtex/read-fields.ts';
import { textOfTex } from '../../../src/import/formats/bibtex/tex-values.ts';
import { toRecord } from '../../../src/import/formats/bibtex/to-record.ts';
import { readPapersPage } from '../../../src/import/formats/papers-page.ts';
import { subjectsOf } from '../../../src/learning/beginnings.ts';
import { isPlainSentence } from '../../../src/model/plain-sentence.ts';
import { saysWithdrawn } from '../../../src/papers/withdrawal.ts';
import { toTyped } from '../../../src/platforms/slack/connection/typed-text.ts';
import { lineOfMention } from '../../../src/platforms/slack/interactions/slash-text.ts';
import { readQuery } from '../../../src/search/query/query.ts';
import { toQuickCheck } from '../../../src/search/text/phrases.ts';
import { splitAuthors } from '../../../src/sources/arxiv/parsing/author-text.ts';
import { fromDailyFeed } from '../../../src/sources/arxiv/parsing/daily-feed.ts';
import { fromRecordList } from '../../../src/sources/arxiv/parsing/oai-answer.ts';
import { toPaperRecord } from '../../../src/sources/arxiv/parsing/oai-record.ts';
import { extractSummary } from '../../../src/summary/extractive.ts';
import { toCredits } from '../../../src/text/authors.ts';
import { cleanAbstract, cleanUrl } from '../../../src/text/clean.ts';
import { findPaperReferences, parsePaperReference, titleKey } from '../../../src/text/ids.ts';
import { toIndex } from '../../../src/text/index-text.ts';
import { readable } from '../../../src/text/readable.ts';
import { fitSentence } from '../../../src/text/shortening/clauses.ts';
import { pointsBack, standAlone, withSubject } from '../../../src/text/shortening/standalone.ts';
import { parseDays, parseUntil } from '../../../src/time/days.ts';
import { parseMoment } from '../../../src/time/moments.ts';
import { parseTime } from '../../../src/time/times.ts';
import { parseZone, suggestZones } from '../../../src/time/zones.ts';
import { parseTopic } from '../../../src/trending/topic.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';

const NOW = new Date('2026-06-01T12:00:00Z');

function commandOf(name: string) {
  const command = catalogue.find((each) => each.name === name);
  if (!command) throw new Error(`no ${name}`);
  return command;
}

function paperOf(abstract: string) {
  return { id: '2605.00001', title: 'A Title', abstract, authors: [], categories: [], keywords: [] };
}

const LIST = { command: commandOf('search'), values: { query: 'x' }, papers: new Map([[1, '2605.00001']]) };

const escaped = (text: string) => text.replace(/[&<\p{Cc}]/gu, (letter) => `&#${letter.charCodeAt(0)};`);

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  toQuickCheck: (text) => toQuickCheck(['a', 'to', 'model'])(text),
  cutWords,
  splitAuthors,
  readRecord: (text) => {
    const words = { title: text, authors: text, abstract: text, comments: text, categories: text, doi: text };
    return toPaperRecord({ arXivRaw: words }, { reference: { id: '2406.01574' }, sets: [text] });
  },
  readRecordOfSubjects: (text) => {
    const words = { title: text, creator: text, description: [text, text], identifier: text };
    return toPaperRecord({ dc: words }, { reference: { id: '2406.01574' }, sets: [text] });
  },
  readOaiError: (text) =>
    fromRecordList(
      `<OAI-PMH><responseDate>2026-09-01</responseDate><error code="x">${escaped(text)}</error></OAI-PMH>`,
    ),
  readOldFeed: (text) => {
    const words = escaped(text);
    const item = `<item><title>${words} (arXiv:${words}</title><description>${words}</description></item>`;
    return fromDailyFeed(`<RDF><channel><title>x</title></channel>${item}</RDF>`);
  },
  parseDays: (text) => parseDays(text, NOW),
  parseUntil: (text) => parseUntil(text, '2026-06-01'),
  parseZone,
  suggestZones: (text) => suggestZones(text, 10),
  parseTime,
  parseMoment: (text) => parseMoment(text, new Date('2026-06-01T00:00:00Z'), 'UTC'),
  parseWeekdays,
  parseTerms: (text) => parseTerms('include', text),
  parseTopic,
  parseUser: (text) => parseUser(text, 'allow'),
  paperNamesIn,
  parseLine: (text) => parseLine(catalogue, `/papers search ${text}`),
  'parseLine without a command': (text) => parseLine(catalogue, text),
  'readSaid of a search': (text) => readSaid(commandOf('search'), { query: text }, NOW),
  'readSaid of a feed': (text) => readSaid(commandOf('follow'), { include: text }, NOW),
  'readSaid of a paper': (text) => readSaid(commandOf('summary'), { paper: text }, NOW),
  'readSaid of a question': (text) => readSaid(commandOf('ask'), { question: text }, NOW),
  'subjectsOf a channel': (text) => subjectsOf({ name: text, topic: text }),
  refineList: (text) => refineList(catalogue, LIST, text, NOW),
  readSentence: (text) => readSentence(catalogue, text),
  readNumberFirst: (text) => readNumberFirst(catalogue, text),
  numbersMeant,
  severalPapers: (text) => severalPapers({ type: 'string', description: '' }, text),
  smallTalk,
  namesBefore,
  unquoted,
  parsePaperReference,
  findPaperReferences,
  titleKey,
  readQuery,
  toIndex,
  lineOfMention: (text) => lineOfMention(text, 'U1'),
  toTyped,
  visible,
  webUrl,
  readable,
  cleanAbstract,
  cleanUrl,
  toLatex,
  toCredits: (text) => toCredits([text]),
  readPapersPage,
  textOfTex: (text) => textOfTex(text, text.length),
  readNames,
  readFields: (text) => readFields(text, new Map()),
  entryDate: (text) => entryDate(() => text),
  'toRecord of any text': (text) =>
    toRecord(
      'article',
      new Map([
        ['title', text],
        ['journal', text],
        ['note', text],
        ['eprint', text],
        ['url', text],
        ['primaryclass', text],
        ['keywords', text],
      ]),
    ),
  saysWithdrawn: (text) => saysWithdrawn({ title: text, abstract: text, comment: text }),
  isPlainSentence,
  readQuestion,
  'readQuestion of a sentence': (text) =>
    readQuestion('how many a, who and when?').canBeAnsweredBy(text, text),
  onlyAnnounces,
  conclusiveness: (text) => conclusiveness({ text }, 1),
  'bestQuotes for a claim': (abstract) => bestQuotes('Does a b and C Smith methods?', [paperOf(abstract)]),
  'bestQuotes for a fact': (abstract) => bestQuotes('who found a and b?', [paperOf(abstract)]),
  'bestQuotes for a long question': (text) => bestQuotes(`Does ${text}?`, [paperOf('We found that a is b.')]),
  standAlone,
  pointsBack,
  'withSubject of a name': (text) => withSubject('It reaches 90%.', `We propose ${text}`),
  'withSubject of a sentence': (text) => withSubject(text, 'We propose Net-1, a framework.'),
  fitSentence: (text) => fitSentence(text, 220),
  'fitSentence of 3,900 characters': (text) => fitSentence(`We show that ${text.slice(0, 3_800)}`, 3_000),
  'fitSentence of a separate clause': (text) =>
    fitSentence(`We propose Net-1, and ${text.slice(0, 3_800)}`, 300),
  extractSummary: (abstract) => extractSummary({ title: 'A Title', abstract }),
};

const PIECES = [
  ...[...' \n\ta1-.,;:/"\'“«()[]{}<>$\\@#*_~`%&=|!\u0301\u200d漢İß'],
  ...[
    'a ',
    'a,',
    'a.',
    'a-',
    'A. ',
    'a:b ',
    `a:'b `,
    'a:"b ',
    'a:“b ',
    'a:«b ',
    '«b «b ,',
    '"b, ',
    '\\"',
    '(a',
    '[a](',
  ],
  ...[
    '![',
    '<https://x|',
    '<@U1> ',
    'https://x.y ',
    'arxiv.org/a/',
    'arXiv: ',
    'abs/',
    '2401.00001 ',
    '2401.',
    'cs.AI ',
  ],
  ...[
    'mon to ',
    'mon-',
    'and ',
    'not ',
    'author: ',
    'author:"',
    '1d ',
    '29 feb ',
    'next ',
    'UTC+',
    'America/',
  ],
  ...['\\textbf{', '{\\bf ', '$a', '\\(', '&lt;', '&#', '<b>', '\u001b[', 'م\u200c', '🏴', 'C++', '.NET '],
  ...[
    'methods: ',
    'Results. ',
    'this paper has been ',
    'withdrawn by ',
    'van der ',
    'Smith, J., ',
    'et al. ',
    '# a\n',
    'a\n\n',
  ],
];
const LENGTH = 50_000;
/** Milliseconds: a linear parser takes some. */
const LIMIT = 250;
/** Milliseconds of a machine that is as slow as can be. */
const SLOWEST = 4 * LIMIT;
/** Four times the text takes a linear parser four times as long, and a quadratic one sixteen times. */
const GROWTH = 8;

it.each(Object.keys(PARSERS))('%s reads long repetitions of anything in linear time', (name) => {
  const parse = PARSERS[name];
  const timeOf = (piece: string, length: number, limit: number) => {
    const text = `1d ${piece.repeat(length / piece.length)}x`;
    return leastCpuTime(limit, () => {
      try {
        parse?.(text);
      } catch {
        // An error message is a valid answer too.
      }
    });
  };
  const slow = PIECES.flatMap((piece) => {
    const took = timeOf(piece, LENGTH, LIMIT);
    const isSlow =
      took >= LIMIT && (took >= SLOWEST || took >= GROWTH * timeOf(piece, LENGTH / 4, took / GROWTH));
    return isSlow ? [`${JSON.stringify(piece)}: ${took.toFixed(0)} ms`] : [];
  });
  expect(slow).toEqual([]);
});
