import { Inject, Injectable } from '@nestjs/common';
import { OnFact, type RecordedFact } from '@kvartal/platform';
import { REQUEST_CHANGED, REQUEST_CREATED } from '@kvartal/requests';
import { enumTextOf, localeOf } from '@kvartal/words';
import { type Letters, lettersIn } from './letters/letters';
import { NotificationsQueries, type RequestCaption } from './notifications.queries';
import { PostOffice } from './post-office';

/** Letters to the resident about a request: each change that somebody else made. */
@Injectable()
export class RequestLetters {
  constructor(
    @Inject(NotificationsQueries) private readonly queries: NotificationsQueries,
    @Inject(PostOffice) private readonly post: PostOffice,
  ) {}

  @OnFact(REQUEST_CREATED, REQUEST_CHANGED)
  async requestChanged(fact: RecordedFact): Promise<void> {
    const { requestId = '', eventId = '' } = fact.payload;
    const event = await this.queries.findRequestEvent(fact.organizationId ?? '', eventId);
    const author = event?.authorId ? await this.queries.findPerson(event.authorId) : undefined;
    if (!event || !author || !(event.byStaff || event.kind === 'CREATED')) return;
    const letters = lettersIn(author.locale);
    const letter = letters.requestChanged({
      number: event.number,
      category: enumTextOf('RequestCategory', event.category, localeOf(author.locale)),
      what: whatHappened(event, letters, author.locale),
      text: event.text,
      url: this.post.urlFor(author, `/requests/${requestId}?o=${fact.organizationId}`),
    });
    await this.post.send(fact, author, letter);
  }
}

function whatHappened({ kind, toState }: RequestCaption, letters: Letters, locale: string): string {
  if (kind === 'CREATED') return letters.requestNews('CREATED');
  if (toState === 'CLARIFICATION') return letters.requestNews('CLARIFICATION');
  if (toState) return enumTextOf('RequestState', toState, localeOf(locale)).toLowerCase();
  return letters.requestNews(kind === 'ASSIGNED' ? 'ASSIGNED' : 'MESSAGE');
}
