/** The data of the fake Zotero. */

export interface Tag {
  readonly tag: string;
  /** 1 for a tag that a translator set. */
  readonly type?: number;
}

/** The `data` of an item. Fields follow from its type. */
export interface ItemData {
  readonly key: string;
  readonly version: number;
  readonly itemType: string;
  readonly tags: readonly Tag[];
  readonly collections: readonly string[];
  /** 1 in the trash. */
  readonly deleted?: number;
  readonly [field: string]: unknown;
}

export interface CollectionData {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly parentCollection: string | false;
  readonly relations: Readonly<Record<string, unknown>>;
  readonly deleted?: number;
}

export interface Access {
  readonly library?: boolean;
  readonly files?: boolean;
  readonly notes?: boolean;
  readonly write?: boolean;
}

export interface KeyData {
  readonly key: string;
  readonly userID: number;
  readonly username: string;
  readonly displayName: string;
  readonly access: {
    readonly user?: Access;
    readonly groups?: Readonly<Record<string, Access>>;
  };
}

export interface GroupData {
  readonly id: number;
  readonly name: string;
  readonly owner: number;
  readonly members: readonly number[];
  readonly admins: readonly number[];
  readonly libraryEditing: 'members' | 'admins';
}

/** A refusal of the server: its status, and a plain text. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
