/** Types for the parts of Citation.js that we use. */
declare module '@citation-js/core' {
  interface BibtexEntry {
    readonly type: string;
    readonly label: string;
    readonly properties: Readonly<Record<string, string>>;
  }
  type RisRecord = Readonly<Record<string, string | readonly string[]>>;
  interface AsObjects {
    readonly format: 'object';
  }
  interface BibtexConfig {
    readonly format: { checkLabel: boolean; asciiOnly: boolean };
  }

  export const plugins: {
    readonly input: {
      /** Parses any format that a plugin supports into CSL-JSON. */
      chain(text: string, options: { readonly generateGraph: boolean }): Array<Record<string, unknown>>;
    };
    readonly output: {
      format(name: 'bibtex', items: readonly object[], options: AsObjects): BibtexEntry[];
      format(name: 'ris', items: readonly object[], options: AsObjects): RisRecord[];
    };
    readonly config: { get(plugin: '@bibtex'): BibtexConfig };
  };
}

declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
