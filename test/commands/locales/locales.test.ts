import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { translations } from '../../../commands/locales/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';

const keys = [
  ...catalogue.flatMap(({ root, name, options, attachment }) => [
    root,
    `${root} ${name}`,
    ...[...Object.keys(options), ...(attachment ? [attachment.name] : [])].map(
      (option) => `${root} ${name} ${option}`,
    ),
  ]),
  ...messageActions.map(({ label }) => label),
];

describe.each(Object.entries(translations))('the descriptions in %s', (_, texts) => {
  it('every command, option and message action is translated, and nothing else', () => {
    expect(Object.keys(texts).toSorted()).toEqual([...new Set(keys)].toSorted());
  });

  it('translated descriptions fit the platforms’ limits', () => {
    const labels = messageActions.map(({ label }) => label);
    for (const [key, text] of Object.entries(texts)) {
      expect(text.length, key).toBeLessThanOrEqual(labels.includes(key) ? 32 : 100);
      expect(text, key).not.toBe('');
    }
  });
});
