/** The contents of mails, as plain data. */

/** Texts are plain and literal: nothing in them is markup. Line breaks in them become spaces. */
export interface DigestMail {
  readonly subject: string;
  /** Heading, such as “Papers for Thursday 28 May”. */
  readonly title: string;
  /** One or two sentences. Lists of mail show the title and the beginning of this after the subject. */
  readonly intro: string;
  readonly sections: readonly MailSection[];
  readonly footer: MailFooter;
}

export interface MailSection {
  readonly title: string;
  readonly papers: readonly MailPaper[];
  /** Below the papers, such as “12 more match. Type /papers watches in the chat.” */
  readonly note?: string;
}

export interface MailPaper {
  readonly title: string;
  /** `http` or `https`; the title is not a link otherwise. */
  readonly url: string;
  /** One line: authors, and what else identifies the paper. */
  readonly authors?: string;
  /** One sentence. */
  readonly summary?: string;
  /** Why the paper is in the mail, such as “Matches your watch “graph transformers””. */
  readonly reason?: string;
}

export interface MailFooter {
  /** Why the reader receives the mail. */
  readonly why: string;
  /** How to pause or change it, as a sentence. */
  readonly change: string;
  /** Link that ends it; without one, `change` has to say how. */
  readonly unsubscribeUrl?: string;
}

/** A mail with a code that confirms an address. */
export interface CodeMail {
  readonly subject: string;
  readonly title: string;
  /** How to use the code, and until when. */
  readonly intro: string;
  readonly code: string;
  readonly footer: MailFooter;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
