/** `crossref` and `xdata`: entries that take fields from another entry. */

export type Fields = ReadonlyMap<string, string>;

const PARENT =
  /^(?:mv)?(?:book|proceedings|collection|reference)$|^(?:periodical|xdata|misc|conference|inproceedings|journal)$/;
const DATES = ['date', 'year', 'month', 'day'];
/** Fields that an entry takes over. The title of its parent becomes its `booktitle`. */
const INHERITED = new Set(['booktitle', 'journal', 'journaltitle', 'eventtitle', ...DATES]);
const MOST_PARENTS = 5_000;
/** Characters of the fields of one parent. */
const LONGEST_PARENT = 5_000;

export function openParents() {
  const parents = new Map<string, { readonly fields: Fields; readonly isData: boolean }>();
  return {
    /** Keeps an entry that others may refer to. The first one of a key counts. */
    remember(type: string, key: string, fields: Fields): void {
      const name = key.toLowerCase();
      if (!PARENT.test(type) || name === '' || parents.has(name) || parents.size >= MOST_PARENTS) return;
      const length = [...fields.values()].reduce((sum, value) => sum + value.length, 0);
      if (length <= LONGEST_PARENT) parents.set(name, { fields, isData: type === 'xdata' });
    },

    /** True while a parent of the entry may still come. */
    isWaiting: (fields: Fields): boolean => parentKeys(fields).some((key) => !parents.has(key)),

    /** The fields of an entry with those of its parents, as far as they are known. */
    complete: (fields: Fields): Fields =>
      parentKeys(fields).reduce((child, key) => {
        const parent = parents.get(key);
        return parent ? inherit(child, parent.fields, parent.isData) : child;
      }, fields),
  };
}

function parentKeys(fields: Fields): string[] {
  const keys = [fields.get('crossref') ?? '', ...(fields.get('xdata') ?? '').split(',', 20)];
  return keys.map((key) => key.trim().toLowerCase()).filter((key) => key !== '');
}

/** @param isData whether the parent is `xdata`, which is no publication: all of its fields are for others */
function inherit(child: Fields, parent: Fields, isData: boolean): Fields {
  const title = parent.get('title');
  const hasDate = child.has('date') || child.has('year');
  const taken = [...parent].filter(
    ([name]) => (isData || INHERITED.has(name)) && !(hasDate && DATES.includes(name)),
  );
  return new Map([
    ...(isData || title === undefined ? [] : [['booktitle', title] as const]),
    ...taken,
    ...child,
  ]);
}
