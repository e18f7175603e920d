import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { type CivilDate, civilDate, firstDay, monthOf, nextMonth, previousMonth } from '@kvartal/domain';
import { inBulk } from './bulk';
import { DEMO_PORTALS, type DemoOrganization } from './catalogue';
import type { MonthCloser } from './close-month';

import { ReadingHistory, pastMonths } from './history';
import { PaymentHistory } from './payments';
import { PeopleWriter, type SignIn } from './people';
import { planHouses } from './plan';
import { Random } from './random';
import { addOrganization, addPortal } from './write-organizations';
import {
  TownWriter,
  type WrittenAccount,
  type WrittenOrganization,
  type WrittenRegister,
} from './write-town';

export interface DemoOptions {
  /** How many accounts the town has in all, shared out over its three organisations. */
  accounts: number;
  seed: number;
  /** The demo town's present: the 20th of the month in which it is seeded. */
  today: CivilDate;
  /** Where the sign-ins are written for the launcher; nowhere when left out. */
  signInsFile?: string;
}

interface Town {
  organization: WrittenOrganization;
  accounts: Map<number, WrittenAccount>;
  registers: WrittenRegister[];
  /** What is left to chance goes on from its houses to its readings and payments. */
  random: Random;
}

/** Builds the demo town in an empty migrated database: everything but the charges, which the real engine computes. */
export class Demo {
  private readonly signIns: SignIn[] = [];

  constructor(
    private readonly client: pg.Client,
    private readonly closer: MonthCloser,
    private readonly options: DemoOptions,
  ) {}

  async build(): Promise<void> {
    const make = () => this.portals();
    await (this.isLarge ? inBulk(this.client, make) : make());
    if (this.options.signInsFile)
      writeFileSync(this.options.signInsFile, `${JSON.stringify(this.signIns, null, 2)}\n`);
  }

  private get isLarge(): boolean {
    return this.options.accounts > ORDINARY;
  }

  private async portals(): Promise<void> {
    for (const portal of DEMO_PORTALS) {
      const portalId = await addPortal(this.client, portal);
      const towns: Town[] = [];
      for (const plan of portal.organizations) towns.push(await this.organization(portalId, plan));
      await this.client.query('analyze');
      for (const town of towns) await this.history(town);
      await this.people({ id: portalId, slug: portal.slug }, towns);
    }
  }

  /** An organisation with its houses and accounts, and the first month of its books open. */
  private async organization(portalId: string, plan: DemoOrganization): Promise<Town> {
    const { today, seed } = this.options;
    const random = new Random(seed * 1000 + Number(plan.accountPrefix));
    const raise = civilDate(
      `${today.slice(5) >= '07-01' ? today.slice(0, 4) : Number(today.slice(0, 4)) - 1}-07-01`,
    );
    const organization = await addOrganization(this.client, portalId, plan, raise);
    const town: Town = { organization, accounts: new Map(), registers: [], random };
    const writer = new TownWriter(this.client, organization);
    await writer.begin();
    const accounts = Math.round((this.options.accounts * plan.share) / 100);
    for (const house of planHouses({ organization: plan, random, today }, accounts)) {
      const written = await writer.house(house);
      for (const account of written.accounts) town.accounts.set(account.id, account);
      town.registers.push(...written.registers);
    }
    await writer.end();
    const [first] = pastMonths(today);
    if (first === undefined) throw new RangeError('The history has no month');
    await this.client.query(`insert into period (organization_id, month, state) values ($1, $2, 'OPEN')`, [
      organization.id,
      firstDay(first),
    ]);
    return town;
  }

  /** Twelve months: readings come in, the month is closed by the engine, its bills are paid in the next one. */
  private async history({ organization, accounts, registers, random }: Town): Promise<void> {
    const { today } = this.options;
    const readings = new ReadingHistory(this.client, organization, registers, random);
    const payments = new PaymentHistory(this.client, organization, accounts, random);
    const months = pastMonths(today);
    const waiting = new Set([...accounts.keys()].slice(0, WAITING));
    for (const [at, month] of months.entries()) {
      if (at === 0) await readings.installation(previousMonth(month));
      await readings.month(month);
      const isLast = nextMonth(month) === monthOf(today);
      const bills = isLast || !this.isLarge;
      const { closingId, openPeriodId } = await this.closer.close(organization.id, month, bills);
      const lately = isLast ? { until: today, except: waiting } : { until: LATER };
      await payments.month({ billed: month, closingId, periodId: openPeriodId, ...lately });
    }
    await readings.month(monthOf(today), { until: today, except: waiting });
    console.log(`${organization.plan.shortName}: ${accounts.size} accounts, ${months.length} months closed`);
  }

  private async people(portal: { id: string; slug: string }, towns: readonly Town[]): Promise<void> {
    const people = new PeopleWriter(this.client, portal);
    const [home] = towns;
    if (!home) return;
    const accounts = [...home.accounts.values()];
    const flats = accounts.filter((account) => !account.flat.startsWith('Н'));
    const firms = accounts.filter((account) => account.flat.startsWith('Н'));
    this.signIns.push(await people.resident('resident', 'RESIDENT', home.organization, flats.slice(0, 2)));
    this.signIns.push(await people.resident('neighbour', 'RESIDENT', home.organization, flats.slice(2, 3)));
    this.signIns.push(await people.resident('firm', 'LEGAL', home.organization, firms.slice(0, 1)));
    this.signIns.push(...(await people.staff(towns.map(({ organization }) => organization))));
  }
}

/** A town of more accounts than that is loaded in bulk, and only its last months have bills. */
const ORDINARY = 5000;
const LATER = civilDate('2999-01-01');
/** The first accounts of each organisation have yet to send their readings and to pay: the demo's people sign in to these. */
const WAITING = 3;
