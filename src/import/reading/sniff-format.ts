/** What a file is that holds no papers, told from its first bytes. */

const ZIP = Buffer.from('PK\u0003\u0004');
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Why no papers can be read from what begins like this; `undefined` when it could be text. */
export function whyNotText(head: Buffer): string | undefined {
  if (beginsWith(head, ZIP)) return 'it is a ZIP archive; unpack it and import the file inside';
  if (UTF_16.some((mark) => beginsWith(head, mark))) return 'it is UTF-16 text; save it as UTF-8';
  if (head.includes(0)) return 'it is no text';
  if (/^\s*</.test(head.toString('utf8').replace(/^\uFEFF/, ''))) return 'it is a web page or XML';
  return undefined;
}

function beginsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}
