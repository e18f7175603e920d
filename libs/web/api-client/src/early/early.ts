import type { DocumentNode, TypedDocumentNode } from '@apollo/client';
import { bodyOf, send } from './operation';
import type { Place } from './place';

function bodyFor(document: DocumentNode, variables: object): string {
  const [first] = document.definitions;
  return bodyOf(first && 'name' in first ? first.name?.value : undefined, variables, document);
}

/** How long after the page was opened an answer may still be taken: nobody wants an old one. */
const GOOD_FOR_MS = 15_000;

/**
 * Asks what the first page will ask, while the app itself is still on its way; `Api` then takes the answers instead of
 * asking again. Imports nothing of Angular and Apollo: it is all that the entry file holds.
 */
export class Early {
  private readonly answers = new Map<string, Promise<Response>>();

  constructor(
    private readonly place: Place,
    private readonly url = '/graphql',
    /** Milliseconds since the page was opened. */
    private readonly now = () => performance.now(),
  ) {}

  /** Its data, to know what to ask next; undefined where there are none. Never fails: whoever takes the answer sees why. */
  async ask<R, V extends object>(document: TypedDocumentNode<R, V>, variables: V): Promise<R | undefined> {
    const body = bodyFor(document, variables);
    const answered = send(this.url, this.place, body).then(
      (response) => [response, response.clone()] as const,
    );
    this.answers.set(
      body,
      answered.then(([response]) => response),
    );
    try {
      const { data }: { data?: R } = await (await answered)[1].json();
      return data ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The answer to what was asked in these words; once, and only while the page is being opened. */
  take(document: DocumentNode, variables: object): Promise<Response> | undefined {
    const body = bodyFor(document, variables);
    const answer = this.answers.get(body);
    this.answers.delete(body);
    return this.now() < GOOD_FOR_MS ? answer : undefined;
  }
}
