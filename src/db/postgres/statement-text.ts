/**
 * Translates the SQL that stores are written in to PostgreSQL. Stores write what both engines know; this
 * module converts what is spelled differently, word by word, so a text in quotes is never touched.
 */

/** How a value is bound. `null` is written into the statement, because its type would be unknown. */
export type BoundType = 'int8' | 'float8' | 'text' | 'bytea' | null;

export interface TranslatedStatement {
  /** @param types of the parameters, in the order of `parameters` */
  toText(types: readonly BoundType[]): string;
  /** Each is used once: a name, or a number for `?`. */
  readonly parameters: ReadonlyArray<string | number>;
  /** True if running it returns rows. */
  readonly returnsRows: boolean;
}

const TOKENS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[xX]'[0-9a-fA-F]*'|[@:$][A-Za-z_]\w*|\?|[A-Za-z_]\w*|\d+(?:\.\d+)?|\s+|::|\|\||[<>!=]=|<>|[\s\S]/g;
const NAMED = /^[@:$][A-Za-z_]/;
const BYTES = /^[xX]'/;
/** `changedAt`: without quotes, PostgreSQL would fold it to `changedat`. */
const MIXED_CASE = /^[a-z_]\w*[A-Z]/;
/** After these, a plus or a word begins an operand. */
const BEFORE_OPERAND =
  /^(?:[(,=<>+*/%-]|[<>!=]=|<>|\|\||AND|OR|NOT|BY|LIMIT|OFFSET|WHERE|ON|SELECT|THEN|ELSE|WHEN|CASE|IN|BETWEEN|LIKE)$/i;

export function translate(sql: string): TranslatedStatement {
  const pieces: Array<string | { readonly parameter: number }> = [];
  const parameters: Array<string | number> = [];
  let marks = 0;
  let before = '(';
  let first = '';
  let hasReturning = false;
  for (const [token] of sql.matchAll(TOKENS)) {
    if (token.startsWith('--') || token.startsWith('/*') || /^\s/.test(token)) {
      pieces.push(' ');
      continue;
    }
    first ||= token.toUpperCase();
    const upper = token.toUpperCase();
    if (token === '?' || NAMED.test(token)) {
      const wanted = token === '?' ? marks++ : token.slice(1);
      const known = token === '?' ? -1 : parameters.indexOf(wanted);
      pieces.push({ parameter: known >= 0 ? known : parameters.push(wanted) - 1 });
    }
    // A sign that keeps SQLite from using an index, or from preparing a statement again.
    else if (token === '+' && BEFORE_OPERAND.test(before)) continue;
    else if (BYTES.test(token)) pieces.push(`'\\x${token.slice(2, -1)}'::bytea`);
    else if (token === 'random') pieces.push('random_integer');
    // SQLite's hint for the order of tables.
    else if (upper === 'CROSS') continue;
    // As SQLite sorts them: a missing value is the smallest.
    else if (upper === 'DESC') pieces.push('DESC NULLS LAST');
    else pieces.push(MIXED_CASE.test(token) ? `"${token}"` : token);
    hasReturning ||= upper === 'RETURNING';
    before = token;
  }
  return {
    parameters,
    returnsRows: ['SELECT', 'WITH', 'VALUES', 'EXPLAIN'].includes(first) || hasReturning,
    toText(types) {
      let bound = 0;
      const numbers = types.map((type) => (type === null ? 0 : ++bound));
      return pieces
        .map((piece) => {
          if (typeof piece === 'string') return piece;
          const type = types[piece.parameter];
          return type ? `$${numbers[piece.parameter]}::${type}` : 'NULL';
        })
        .join('');
    },
  };
}

/** @throws TypeError for a value that SQLite could not store either */
export function boundTypeOf(value: unknown): BoundType {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return 'int8';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int8' : 'float8';
  if (typeof value === 'string') return 'text';
  if (value instanceof Uint8Array) return 'bytea';
  throw new TypeError(`a statement cannot have ${typeof value} as a value`);
}
