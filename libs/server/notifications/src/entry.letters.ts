import { Inject, Injectable } from '@nestjs/common';
import {
  Confirmations,
  EMAIL_TAKEN,
  type LinkPurpose,
  PASSWORD_CHANGED,
  RECOVERY_REQUESTED,
  USER_REGISTERED,
} from '@kvartal/auth';
import { Clock, OnFact, type RecordedFact, inTransaction } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { lettersIn, moment } from './letters/letters';
import { NotificationsQueries } from './notifications.queries';
import { PostOffice } from './post-office';

/** Letters about getting in. A link's secret is made here, at the moment of sending: what waited in the queue held none. */
@Injectable()
export class EntryLetters {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(NotificationsQueries) private readonly queries: NotificationsQueries,
    @Inject(PostOffice) private readonly post: PostOffice,
    @Inject(Confirmations) private readonly confirmations: Confirmations,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @OnFact(USER_REGISTERED)
  confirmRegistration(fact: RecordedFact): Promise<void> {
    return this.sendLink(fact, 'REGISTRATION');
  }

  @OnFact(RECOVERY_REQUESTED)
  recovery(fact: RecordedFact): Promise<void> {
    return this.sendLink(fact, 'RECOVERY');
  }

  @OnFact(EMAIL_TAKEN)
  async emailTaken(fact: RecordedFact): Promise<void> {
    const person = await this.queries.findPerson(fact.payload['userId'] ?? '');
    if (!person) return;
    await this.post.send(
      fact,
      person,
      lettersIn(person.locale).emailTaken({ login: person.login, url: this.post.urlFor(person, '/restore') }),
    );
  }

  @OnFact(PASSWORD_CHANGED)
  async passwordChanged(fact: RecordedFact): Promise<void> {
    const person = await this.queries.findPerson(fact.payload['userId'] ?? '');
    if (!person) return;
    const at = moment(await this.clock.now(), person.timeZone);
    await this.post.send(
      fact,
      person,
      lettersIn(person.locale).passwordChanged({
        login: person.login,
        at,
        url: this.post.urlFor(person, '/restore'),
      }),
    );
  }

  private async sendLink(fact: RecordedFact, purpose: LinkPurpose): Promise<void> {
    const person = await this.queries.findPerson(fact.payload['userId'] ?? '');
    const link =
      person && (await inTransaction(this.db, (tx) => this.confirmations.mint(tx, person.userId, purpose)));
    if (!link) return; // confirmed meanwhile, or nobody to confirm any more
    const letters = lettersIn(person.locale);
    const path = purpose === 'RECOVERY' ? '/reset/' : '/confirm/';
    const told = {
      login: person.login,
      url: this.post.urlFor(person, path + link.token),
      until: moment(link.expiresAt, person.timeZone),
    };
    await this.post.send(
      fact,
      person,
      purpose === 'RECOVERY' ? letters.recovery(told) : letters.confirmRegistration(told),
    );
  }
}
