/** Faults of a language model, or of the server in front of it. */
import { gzipSync } from 'node:zlib';
import { answer, drop, type Handler, json } from '../sources/http-server.ts';
import { completion } from './model-server.ts';

const DOWN = 'the language model could not be reached';
const UNFIT = 'the language model’s reply was not usable';
const REFUSED = 'the language model refused to answer';

const MEGABYTE = 1_048_576;
const FRENCH = 'Un routeur apprend quels mots sont lus par chaque expert du modèle.';
const CHINESE = '路由器学习每个专家应该读取哪些词元，从而加快训练速度。';

interface Point {
  readonly text: string;
  readonly quote: string;
}

/** @param good a reply that would be shown. Each fault comes with the reason that people are given */
export function modelFaults(good: string): ReadonlyArray<readonly [string, Handler, string]> {
  const { points } = JSON.parse(good) as { points: Point[] };
  const changed = (changes: Partial<Point>) =>
    completion(JSON.stringify({ points: points.map((point) => ({ ...point, ...changes })) }));
  const message = (content: string | null, refusal: string | null = null) =>
    json({
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal } }],
    });
  const status = (code: number) => answer('application/json', '{"error": {}}', { status: code });
  const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE, ' '));
  return [
    ['refuses the key', status(401), DOWN],
    ['is over its rate limit', status(429), DOWN],
    ['answers 500', status(500), DOWN],
    ['answers HTML with an error', answer('text/html', '<html>Oops</html>', { status: 502 }), DOWN],
    ['answers HTML', answer('text/html', '<html>Sign in</html>'), UNFIT],
    ['breaks off before the answer', drop, DOWN],
    ['breaks off within the answer', breakOff, DOWN],
    ['sends elsewhere', answer('text/plain', '', { status: 307, headers: { location: '/x' } }), DOWN],
    ['answers JSON that is none of the protocol', answer('application/json', '[]'), UNFIT],
    ['answers half of the protocol’s JSON', answer('application/json', '{"choices": [{"ind'), DOWN],
    ['answers half a JSON', completion(good.slice(0, 60)), UNFIT],
    ['answers JSON of another form', completion('{"points": [{"summary": "It is good."}]}'), UNFIT],
    ['answers prose', completion('This paper is about experts, and that is all there is to say.'), UNFIT],
    ['answers with a flood of points', completion(flood(points)), UNFIT],
    ['answers nothing', message(''), UNFIT],
    ['is filtered', message(null), UNFIT],
    ['refuses', message(null, 'I cannot help with that.'), REFUSED],
    ['answers with 30,000 characters', completion(`${' '.repeat(30_000)}${good}`), UNFIT],
    ['answers 1 MB', completion(`${good}${' '.repeat(MEGABYTE)}`), DOWN],
    [
      'answers 64 MB in some kB',
      answer('application/json', bomb, { headers: { 'content-encoding': 'gzip' } }),
      DOWN,
    ],
    ['answers in French', changed({ text: FRENCH }), UNFIT],
    ['answers in Chinese', changed({ text: CHINESE }), UNFIT],
    [
      'answers without a quote from the abstract',
      changed({ quote: 'Nobody ever wrote this in any abstract here.' }),
      UNFIT,
    ],
    [
      'answers with figures of its own',
      changed({ text: 'It is about 977 times faster than before.' }),
      UNFIT,
    ],
  ];
}

/** Replies that never end. */
export const HANGS: ReadonlyArray<readonly [string, Handler]> = [
  ['says nothing', () => {}],
  ['says that it will answer', (_, response) => void response.writeHead(200).flushHeaders()],
  [
    'begins to answer',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"choices": [');
    },
  ],
];

const breakOff: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"choices": [', () => response.socket?.destroy());
};

function flood(points: readonly Point[]): string {
  return JSON.stringify({ points: Array.from({ length: 200 }, () => points).flat() });
}
