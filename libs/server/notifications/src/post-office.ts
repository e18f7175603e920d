import { Inject, Injectable } from '@nestjs/common';
import { Config, type RecordedFact } from '@kvartal/platform';
import { Mailer } from './mailer';
import type { Letter } from './letters/letter';
import type { Mailbox } from './notifications.queries';

/** Puts a letter into the right envelope: the brand, the address and the language of the person's own site. */
@Injectable()
export class PostOffice {
  constructor(
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** A page of the person's site: of the back-office for staff, of the cabinet for anybody else. */
  urlFor({ slug, isStaff = false }: Pick<Mailbox, 'slug' | 'isStaff'>, path: string): string {
    return `${this.config.publicUrl}/o/${slug}${isStaff ? '/s' : ''}${path}`;
  }

  async send(fact: RecordedFact, person: Mailbox, letter: Letter, to = person.email): Promise<void> {
    await this.mailer.send({
      outboxId: fact.outboxId,
      portalId: person.portalId,
      to,
      locale: person.locale,
      letter,
      sender: { brand: person.brand, siteUrl: this.urlFor(person, '/') },
    });
  }
}
