import type { MigrationInterface, QueryRunner } from 'typeorm';
import roles from './first-town/00-roles.sql';
import organizations from './first-town/01-organizations.sql';
import people from './first-town/02-people.sql';
import accounts from './first-town/03-accounts.sql';
import meters from './first-town/04-meters.sql';
import catalogue from './first-town/05-catalogue.sql';
import ledger from './first-town/06-ledger.sql';
import protocol from './first-town/07-ledger-protocol.sql';
import payments from './first-town/08-payments.sql';
import requests from './first-town/09-requests.sql';
import outside from './first-town/10-outside.sql';
import grants from './first-town/11-grants.sql';
import legalNumbers from './first-town/12-legal-numbers.sql';

/** The whole schema of the first release, in reading order. */
export class FirstTown1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const parts = [
      roles,
      organizations,
      people,
      accounts,
      meters,
      catalogue,
      ledger,
      protocol,
      payments,
      requests,
      outside,
      grants,
      legalNumbers,
    ];
    for (const part of parts) await runner.query(part);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has nothing to return to: drop the database instead');
  }
}
