/** What a letter says, whatever it looks like: the layout (layout.ts) makes HTML and text of it. */
export interface Letter {
  /** Name of the kind, kept with the message. */
  template: string;
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  facts?: readonly { label: string; value: string }[];
  button?: { label: string; url: string };
  /** Small print under the button. */
  note?: string;
}

/** Whose letter it is: the site's brand and address. */
export interface Sender {
  brand: string;
  siteUrl: string;
}

/** A letter ready to leave. */
export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

/** What happened to a request, beside its states: those have words of their own. */
export type RequestNews = 'CREATED' | 'CLARIFICATION' | 'ASSIGNED' | 'MESSAGE';
