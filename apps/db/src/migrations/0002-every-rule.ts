import type { MigrationInterface, QueryRunner } from 'typeorm';
import terms from './every-rule/01-terms.sql';
import acts from './every-rule/02-acts.sql';
import penalties from './every-rule/03-penalties.sql';
import decisions from './every-rule/04-decisions.sql';
import known from './every-rule/05-known.sql';
import numbers from './every-rule/06-numbers.sql';
import sent from './every-rule/07-sent.sql';
import intake from './every-rule/08-intake.sql';
import reversals from './every-rule/09-reversals.sql';
import printed from './every-rule/10-printed.sql';
import learnt from './every-rule/11-learnt.sql';
import previews from './every-rule/12-previews.sql';
import lookups from './every-rule/13-lookups.sql';

/** The facts that the remaining rules of a month are charged from. */
export class EveryRule1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [
      terms,
      acts,
      penalties,
      decisions,
      known,
      numbers,
      sent,
      intake,
      reversals,
      printed,
      learnt,
      previews,
      lookups,
    ])
      await runner.query(part);
  }

  async down(): Promise<void> {
    throw new Error('Facts would be lost: restore the backup that was taken before this migration instead');
  }
}
