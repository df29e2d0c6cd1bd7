/**
 * Validates blocks and views against the schemas of Slack's own types. Each is compiled on first use and kept
 * for the process.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

type Kind = 'AnyBlock' | 'HomeView' | 'ModalView';

const compiled = new Map<Kind, ValidateFunction>();
let ajv: Ajv | undefined;

/** The errors, or `undefined`. */
export function checkBlock(block: unknown): string | undefined {
  const type = (block as { readonly type?: unknown } | null)?.type;
  const problem = check('AnyBlock', block);
  return problem === undefined ? undefined : `${String(type)}: ${problem}`;
}

export function checkView(view: { readonly type: string }): string | undefined {
  return check(view.type === 'home' ? 'HomeView' : 'ModalView', view);
}

function check(kind: Kind, data: unknown): string | undefined {
  let validate = compiled.get(kind);
  if (!validate) {
    ajv ??= openAjv();
    validate = ajv.compile({ $ref: `blocks#/definitions/${kind}` });
    compiled.set(kind, validate);
  }
  if (validate(data)) return undefined;
  // In a union, the most deeply nested error is the most specific.
  const [error] = (validate.errors ?? []).toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  return `${error?.instancePath || 'the whole'} ${error?.message ?? 'is not valid'}`;
}

function openAjv(): Ajv {
  const fresh = new Ajv({ strict: false });
  fresh.addSchema(JSON.parse(readFileSync(new URL('blocks.schema.json', import.meta.url), 'utf8')));
  return fresh;
}
