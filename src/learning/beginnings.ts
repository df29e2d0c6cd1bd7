/** Reads the subjects that a channel starts from out of its name and topic. Pure. */
import type { ChannelAbout } from '../chat/port.ts';
import { STOP_WORDS } from '../search/text/stop-words.ts';
import type { StartSubject } from './learned-lists.ts';

/** Words of names and topics that are no subject. */
const NO_SUBJECT = new Set(
  `paper papers preprint preprints article articles publication publications literature arxiv research work works
   feed feeds news daily weekly monthly new latest recent today tomorrow monday tuesday wednesday thursday friday
   mondays tuesdays wednesdays thursdays fridays am pm general random main test bot lab labs team group groups club
   journal seminar seminars meeting meetings reading read reader readers channel channels chat thread threads post
   posts posted posting share shared sharing discuss discussed discussing discussion discussions announcement
   announcements link links question questions idea ideas suggestion suggestions rules pinned please welcome ask see
   find check join visit contact follow keep want bring come go feel free suggest help use here everything anything
   all everyone anyone every each any some more most many also just only about related relevant interesting cool
   great stuff thing things topic topics field area people member members student students us our per via etc`.split(
    /\s+/,
  ),
);
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;
/** Addresses, mentions and emoji as platforms write them. */
const NO_WORDS = /<[^<>\s]{1,200}>|https?:\/\/\S+|\S+@\S+|[@#][\p{L}\p{N}_-]+|:[a-z0-9_+-]{2,40}:/giu;
const MOST_FROM_TOPIC = 5;
const MOST_WORDS = 4;
/** Longer topics are rules of a channel. */
const MOST_READ = 500;

/** `#protein-design-papers`, with the topic “RNA folding; diffusion models”, is about these three. */
export function subjectsOf({ name, topic = '' }: ChannelAbout): StartSubject[] {
  const named = phrasesIn(name.replace(/[-_]/g, ' ')).join(' ');
  const topics = phrasesIn(topic.slice(0, MOST_READ).replace(NO_WORDS, '.'))
    .map((phrase) => phrase.split(' ').slice(0, MOST_WORDS).join(' '))
    .filter((phrase) => phrase.toLowerCase() !== named.toLowerCase());
  return [
    ...(named === '' ? [] : [{ name: named, from: 'name' } as const]),
    ...[...new Set(topics)].slice(0, MOST_FROM_TOPIC).map((each) => ({ name: each, from: 'topic' }) as const),
  ];
}

/** Runs of words that may be a subject. */
function phrasesIn(text: string): string[] {
  const phrases: string[][] = [[]];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const isApart = text.slice(end, index).trim() !== '';
    end = index + word.length;
    if (isApart) phrases.push([]);
    if (isNoSubject(word)) phrases.push([]);
    else phrases.at(-1)?.push(word);
  }
  return phrases.filter((words) => words.length > 0).map((words) => words.join(' '));
}

function isNoSubject(word: string): boolean {
  const lower = word.toLowerCase();
  return NO_SUBJECT.has(lower) || STOP_WORDS.has(lower) || /^\p{N}+(?:am|pm|h)?$/iu.test(word);
}
