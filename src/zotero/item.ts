/** The answers of Zotero's Web API that are used. Unknown fields are ignored, and never sent back. */
import { z } from 'zod';

const tag = z.object({ tag: z.string(), type: z.number().optional() });

const creator = z.object({
  creatorType: z.string().optional(),
  name: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
});

const text = z.string().optional();

const itemData = z.object({
  key: z.string(),
  version: z.number(),
  itemType: z.string(),
  title: text,
  abstractNote: text,
  creators: z.array(creator).catch([]),
  date: text,
  DOI: text,
  url: text,
  extra: text,
  archiveID: text,
  publicationTitle: text,
  proceedingsTitle: text,
  conferenceName: text,
  tags: z.array(tag).catch([]),
  collections: z.array(z.string()).catch([]),
  deleted: z.union([z.number(), z.boolean()]).optional(),
});

export type ZoteroTag = z.output<typeof tag>;
export type ZoteroItem = z.output<typeof itemData>;

export const ITEMS = z.array(z.object({ data: itemData })).transform((all) => all.map(({ data }) => data));

const collectionData = z.object({
  key: z.string(),
  name: z.string(),
  deleted: z.union([z.number(), z.boolean()]).optional(),
});

export type ZoteroCollection = z.output<typeof collectionData>;

export const COLLECTION = z.object({ data: collectionData }).transform(({ data }) => data);
export const COLLECTIONS = z.array(COLLECTION);

export const VERSIONS = z.record(z.string(), z.number());

/** Rights that are not stated are not granted. */
const access = z.object({
  library: z.boolean().catch(false).default(false),
  notes: z.boolean().catch(false).default(false),
  write: z.boolean().catch(false).default(false),
});

export type ZoteroAccess = z.output<typeof access>;

export const KEY_FACTS = z.object({
  userID: z.number(),
  username: z.string(),
  access: z.object({ user: access.optional(), groups: z.record(z.string(), access).optional() }),
});

export type KeyFacts = z.output<typeof KEY_FACTS>;

const groupData = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.number().optional(),
  admins: z.array(z.number()).catch([]),
  libraryEditing: z.string().optional(),
});

export type ZoteroGroup = z.output<typeof groupData>;

export const GROUPS = z.array(z.object({ data: groupData })).transform((all) => all.map(({ data }) => data));

/** Outcomes by the index of the object. Older answers have no `successful`. */
export const WRITTEN = z.object({
  successful: z.record(z.string(), z.object({ version: z.number() })).optional(),
  success: z.record(z.string(), z.string()),
  unchanged: z.record(z.string(), z.string()).default({}),
  failed: z.record(z.string(), z.object({ code: z.number(), message: z.string().default('') })),
});

/** An object as it is written. Arrays replace those in Zotero; fields that are left out stay. */
export interface SentItem {
  readonly key: string;
  /** 0 for a new item. */
  readonly version: number;
  readonly tags: readonly ZoteroTag[];
  readonly collections: readonly string[];
  readonly [field: string]: unknown;
}
