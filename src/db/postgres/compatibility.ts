/** Functions of SQLite that the statements of stores use, in SQL of PostgreSQL. */
export const COMPATIBILITY: readonly string[] = [
  // As in SQLite, the result is missing if one of the values is.
  ...['bigint', 'double precision', 'text'].flatMap((type) =>
    (['max', 'min'] as const).map(
      (name) => `CREATE FUNCTION ${name}(a ${type}, b ${type}) RETURNS ${type} LANGUAGE sql IMMUTABLE STRICT
        AS $$ SELECT ${name === 'max' ? 'greatest' : 'least'}(a, b) $$`,
    ),
  ),
  // SQLite's random() has 64 bits, PostgreSQL's is a fraction.
  `CREATE FUNCTION random_integer() RETURNS bigint LANGUAGE sql VOLATILE
     AS $$ SELECT ((random() - 0.5) * 18446744073709549568)::bigint $$`,
  `CREATE VIEW sqlite_sequence AS
     SELECT table_name::text AS name,
       coalesce(pg_sequence_last_value(pg_get_serial_sequence(table_name, column_name)::regclass), 0) AS seq
     FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'`,
  `CREATE FUNCTION iif(condition boolean, yes anycompatible, no anycompatible) RETURNS anycompatible
     LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN condition THEN yes ELSE no END $$`,
  `CREATE FUNCTION json_each(list text) RETURNS TABLE (key bigint, value text)
     LANGUAGE sql IMMUTABLE STRICT AS $$
       SELECT place - 1, entry FROM jsonb_array_elements_text(list::jsonb) WITH ORDINALITY AS entries (entry, place) $$`,
  `CREATE FUNCTION json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
     AS $$ SELECT document::jsonb #>> string_to_array(substr(path, 3), '.') $$`,
  `CREATE FUNCTION json_group_step(list text, entry anyelement) RETURNS text LANGUAGE sql IMMUTABLE
     AS $$ SELECT list || CASE WHEN list = '[' THEN '' ELSE ',' END || coalesce(to_json(entry)::text, 'null') $$`,
  `CREATE FUNCTION json_group_end(list text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT list || ']' $$`,
  `CREATE AGGREGATE json_group_array(anyelement) (
     SFUNC = json_group_step, STYPE = text, INITCOND = '[', FINALFUNC = json_group_end)`,
];
