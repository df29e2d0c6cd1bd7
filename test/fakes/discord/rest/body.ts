/** The body of a request: JSON, or a form with files and the JSON in one of its parts. */
import type { IncomingMessage } from 'node:http';

export interface RequestBody {
  readonly body: unknown;
  readonly files: readonly File[];
}

export async function readBody(incoming: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = incoming.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(bytes.toString('utf8')), files: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const files = [...form.values()].flatMap((value) => (typeof value === 'string' ? [] : [value]));
  return { body: typeof payload === 'string' ? JSON.parse(payload) : {}, files };
}
