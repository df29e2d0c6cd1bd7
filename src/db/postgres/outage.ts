/** Turns failures of a PostgreSQL server into sentences for people and administrators. */
import { UserError } from '../../base/errors.ts';
import { PostgresError } from './waiting.ts';

const LATER = 'Nothing that was saved is lost. Try again in a minute.';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SENTENCES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^28/, 'PostgreSQL refused the user or the password. Check DATABASE_URL.'],
  [/^3D000/, 'PostgreSQL has no database of this name. Create it, or check DATABASE_URL.'],
  [/^42501/, 'The user in DATABASE_URL may not use the tables. Make it the owner of the database.'],
  [/^53300/, `The database has no free connections right now. ${LATER}`],
  [/^53100/, 'The disk of the database is full. Saved data is safe. Free some space and try again.'],
  [/^25006/, `The database is read-only right now. ${LATER}`],
  [/^(?:57014|55P03)/, `The database took too long. ${LATER}`],
  [/^(?:40001|40P01)/, `Others changed the same data at the same time. ${LATER}`],
];

/** A `UserError` for a failure that is not ours; `undefined` for any other error. */
export function toOutage(error: unknown): UserError | undefined {
  if (!(error instanceof PostgresError)) return undefined;
  const { code = '', isLost } = error;
  const known = SENTENCES.find(([codes]) => codes.test(code));
  if (known) return new UserError(known[1], { cause: error });
  if (!isLost && !/^(?:08|57P|58)/.test(code)) return undefined;
  return new UserError(`The database cannot be reached right now. ${LATER}`, { cause: error });
}
