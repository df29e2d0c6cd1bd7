/** Names commands as the menu of Discord has them: `/papers watch list` for `/papers watches`. Pure. */
import type { Block, Card, Inline, RichText } from '../../../chat/card.ts';
import type { Catalogue } from '../../../command/catalogue.ts';

export type RenamesCommands = (card: Card) => Card;

/** Leaves papers alone, because their words are their authors'. */
export function renameCommands(catalogue: Catalogue): RenamesCommands {
  const paths = new Map<string, string>(
    catalogue.flatMap(({ root, name, group }) =>
      group ? [[`/${root} ${name}`, `/${root} ${group.name} ${group.as}`]] : [],
    ),
  );
  const rename = (text: string) =>
    text.replace(/\/[a-z]+ [a-z-]+(?![\w-])/g, (typed) => paths.get(typed) ?? typed);
  const inline = (part: Inline): Inline => {
    if (typeof part === 'string') return rename(part);
    return part.kind === 'code' ? { ...part, text: rename(part.text) } : part;
  };
  const words = (text: RichText): RichText => text.map(inline);

  function block(each: Block): Block {
    if (each.kind === 'text') return { ...each, text: words(each.text) };
    if (each.kind !== 'fields') return each;
    return { ...each, fields: each.fields.map((field) => ({ ...field, value: words(field.value) })) };
  }

  return (card) => ({
    ...card,
    blocks: card.blocks.map(block),
    ...(card.footer && { footer: words(card.footer) }),
  });
}
