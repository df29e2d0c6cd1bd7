/** Text of a message that a message command reads. */
import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../../../fakes/discord/model.ts';
import { openFrame } from '../harness.ts';

const OTHER = '2605.10002';
const AT = '2026-05-29T12:00:00.000Z';
const SNAPSHOT = {
  type: 0,
  content: '',
  embeds: [],
  attachments: [],
  timestamp: AT,
  edited_timestamp: null,
  flags: 0,
  mentions: [],
  mention_roles: [],
};
const link = (paper: string) => `https://arxiv.org/abs/${paper}`;

describe('the menu of a message', () => {
  it.each<[string, Partial<FakeMessage>]>([
    ['the author’s link of an embed', { embeds: [{ author: { name: 'A paper', url: link(OTHER) } }] }],
    ['the footer and a field’s name', { embeds: [{ fields: [{ name: link(OTHER), value: '-' }] }] }],
    [
      'a link button',
      { components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Paper', url: link(OTHER) }] }] },
    ],
    [
      'a container and a section',
      {
        flags: 1 << 15,
        components: [
          {
            type: 17,
            components: [
              {
                type: 9,
                components: [{ type: 10, content: `Read ${link(OTHER)}` }],
                accessory: { type: 2, style: 5, label: 'Code', url: 'https://example.org' },
              },
            ],
          },
        ],
      },
    ],
    [
      'the description of a picture in a gallery',
      {
        flags: 1 << 15,
        components: [
          { type: 12, ...{ items: [{ media: { url: 'https://example.org/a' }, description: link(OTHER) }] } },
        ],
      },
    ],
    ['the name of a file', { files: [new File(['%PDF'], `${OTHER}v1.pdf`)] }],
    [
      'the name of a forwarded file',
      {
        snapshots: [
          {
            ...SNAPSHOT,
            attachments: [
              { id: '1', filename: `${OTHER}.pdf`, size: 1, url: 'https://example.org/a', proxy_url: '' },
            ],
          },
        ],
      },
    ],
    ['a forwarded message', { snapshots: [{ ...SNAPSHOT, content: link(OTHER) }] }],
    [
      'an embed of a forwarded message',
      { snapshots: [{ ...SNAPSHOT, embeds: [{ type: 'rich', title: 'A paper', url: link(OTHER) }] }] },
    ],
  ])('finds the links in %s', async (_, shown) => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const said = Object.assign(alan.say(channel, `${link('2605.00001')} and more`), shown);
    await ada.menu(said, 'Save papers here').answered;
    expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.00001', OTHER]);
  });

  it('does not take what a message hides for a link', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const menu = { type: 3, custom_id: link(OTHER), options: [{ label: 'One', value: link(OTHER) }] };
    const said = Object.assign(alan.say(channel, link('2605.00001')), {
      components: [{ type: 1, components: [menu] }],
    });
    await ada.menu(said, 'Save papers here').answered;
    expect(await savedBy(ada.id)).toEqual(['2605.00001']);
  });
});
