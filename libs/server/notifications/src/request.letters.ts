import { Inject, Injectable } from '@nestjs/common';
import { OnFact, type RecordedFact } from '@kvartal/platform';
import { REQUEST_CHANGED, REQUEST_CREATED } from '@kvartal/requests';
import { enumTextOf } from '@kvartal/words';
import { letters } from './letters/letters.ru';
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
    const letter = letters.requestChanged({
      number: event.number,
      category: enumTextOf('RequestCategory', event.category, 'ru'),
      what: whatHappened(event),
      text: event.text,
      url: this.post.urlFor(author, `/requests/${requestId}?o=${fact.organizationId}`),
    });
    await this.post.send(fact, author, letter);
  }
}

function whatHappened({ kind, toState }: RequestCaption): string {
  if (kind === 'CREATED') return 'принята';
  if (toState === 'CLARIFICATION') return 'нужен ваш ответ';
  if (toState) return enumTextOf('RequestState', toState, 'ru').toLowerCase();
  return kind === 'ASSIGNED' ? 'назначен исполнитель' : 'новый ответ';
}
