import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { isMailAddress, parseMailAddress } from '../../src/mail/address.ts';

describe('an e-mail address', () => {
  it.each([
    ['ada@lab.example', 'ada@lab.example'],
    [' Ada.Okafor+papers@Lab.Example ', 'Ada.Okafor+papers@lab.example'],
    ['<ada@lab.example>', 'ada@lab.example'],
    ['mailto:ada@lab.example', 'ada@lab.example'],
    ['<mailto:ada@lab.example|ada@lab.example>', 'ada@lab.example'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ["o'neil@a.b.c.example", "o'neil@a.b.c.example"],
    ['jürgen@lab.example', 'jürgen@lab.example'],
  ])('is read from “%s”', (typed, address) => {
    expect(parseMailAddress(typed)).toBe(address);
    expect(isMailAddress(address)).toBe(true);
  });

  it.each([
    '',
    'ada',
    '@lab.example',
    'ada@',
    'ada@lab',
    'ada@lab..example',
    'ada@-lab.example',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@lab.example, bob@lab.example',
    'ada@lab.example bob@lab.example',
    'ada@lab.example;bob@lab.example',
    'Ada <ada@lab.example>',
    'ada@bob@lab.example',
    'ada@lab.example\r\nBcc: eve@evil.example',
    '"a b"@lab.example',
    '.ada@lab.example',
    'a..b@lab.example',
    `${'a'.repeat(65)}@lab.example`,
    `ada@${'a.'.repeat(130)}example`,
    'a\u202Eda@lab.example',
    'x'.repeat(100_000),
  ])('is not read from “%s”, which is not one', (typed) => {
    expect(() => parseMailAddress(typed)).toThrow(UserError);
    expect(() => parseMailAddress(typed)).toThrow(/is not an e-mail address\. Type one address/);
  });
});
