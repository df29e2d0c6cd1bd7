/** The visible text of a message: words, without the marks for bold text or links. */
import { ComponentType } from '../protocol.ts';
import { walk } from '../rules/components.ts';
import type { Component, Embed, SelectOption } from '../wire.ts';

interface Shown {
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly components: readonly Component[];
}

/** Content, then each embed from top to bottom, one part per line. */
export function shownText(message: Shown): string {
  const parts = [message.content, ...message.embeds.flatMap(partsOf), ...textsOf(message.components)];
  return parts
    .filter((part): part is string => Boolean(part))
    .map(withoutMarks)
    .join('\n');
}

function partsOf(embed: Embed): (string | null | undefined)[] {
  return [
    embed.author?.name,
    embed.title,
    embed.url,
    embed.description,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
    embed.image?.description,
    embed.thumbnail?.description,
    embed.footer?.text,
  ];
}

/** Text displays of Components V2. */
function textsOf(components: readonly Component[]): (string | null | undefined)[] {
  return walk(components, []).map(([, { content }]) => content);
}

/** Replaces an escaped character while marks are removed. */
const ESCAPED = 0xe000;

/** Discord's Markdown as its app shows it: code stays as written, and a backslash shows the mark after it. */
export function withoutMarks(text: string): string {
  const kept: string[] = [];
  const keep = (piece: string) => String.fromCodePoint(ESCAPED + kept.push(piece) - 1);
  const plain = text
    .replaceAll(/```(?:\w+\n)?([\s\S]*?)```/g, (_, code: string) => keep(code))
    .replaceAll(/(?<!\\)(`+)(.+?)\1/g, (_, __, code: string) => keep(code))
    .replaceAll(/\\([^\p{L}\p{N}\s])/gu, (_, mark: string) => keep(mark))
    .replaceAll(/\[([^\]]*)\]\(<?https?:\/\/[^)\s]+>?(?: "[^"]*")?\)/g, '$1')
    .replaceAll(/<(https?:\/\/[^>\s]+)>/g, '$1')
    .replaceAll(/<t:(\d+)(?::[tTdDfFR])?>/g, (_, seconds: string) =>
      new Date(Number(seconds) * 1000).toISOString(),
    )
    .replaceAll(/^(?:#{1,3}|-#|>{1,3}|>>>) /gm, '')
    .replaceAll(/(\*\*\*|\*\*|__|~~|\|\||\*)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replaceAll(/(\*\*|__|~~|\*)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replaceAll(/(?<![\p{L}\p{N}])_(?=\S)([\s\S]*?\S)_(?![\p{L}\p{N}])/gu, '$1');
  return plain.replaceAll(/[\uE000-\uF8FF]/g, (mark) => kept[(mark.codePointAt(0) ?? 0) - ESCAPED] ?? mark);
}

/** The options of its menu; empty without one. */
export function menuOf({ components }: Shown): { readonly options: readonly SelectOption[] } {
  const menu = walk(components, []).find(([, { type }]) => type === ComponentType.StringSelect);
  return { options: menu?.[1].options ?? [] };
}

export interface ShownButton {
  readonly label: string;
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly disabled: boolean;
}

export function buttonsOf({ components }: Shown): ShownButton[] {
  return walk(components, [])
    .filter(([, { type }]) => type === ComponentType.Button)
    .map(([, { label, emoji, custom_id: customId, url, disabled }]) => ({
      label: label ?? emoji?.name ?? '',
      customId: customId ?? undefined,
      url: url ?? undefined,
      disabled: disabled ?? false,
    }));
}
