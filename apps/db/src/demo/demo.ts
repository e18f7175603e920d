import { writeFileSync } from 'node:fs';
import pg from 'pg';
import {
  type CivilDate,
  type Month,
  civilDate,
  firstDay,
  monthOf,
  nextMonth,
  previousMonth,
} from '@kvartal/domain';
import { inBulk } from './bulk';
import { DEMO_PORTALS, type DemoOrganization } from './catalogue';
import type { Each, MonthCloser } from './close-month';
import { ReadingHistory, pastMonths } from './history';
import { morningOf } from './moments';
import { writePapers } from './papers';
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

/** The town that is made where nobody says otherwise. */
export const DEMO_TOWN = { accounts: 300, seed: 2026 };

export interface DemoOptions {
  /** How many accounts the town has in all, shared out over its three organisations. */
  accounts: number;
  seed: number;
  /** The demo town's present: the 20th of the month in which it is seeded. */
  today: CivilDate;
  /** A town of more accounts than that is loaded in bulk, side by side, and only its last month has bills. */
  largeAbove?: number;
  /** Where the sign-ins are written for the launcher; nowhere when left out. */
  signInsFile?: string;
}

interface Town {
  organization: WrittenOrganization;
  accounts: Map<number, WrittenAccount>;
  readings: ReadingHistory;
  payments: PaymentHistory;
  /** The first accounts have yet to send their readings and to pay: the demo's people sign in to these. */
  waiting: ReadonlySet<number>;
}

/** Builds the demo town in an empty migrated database: everything but the charges, which the real engine computes. */
export class Demo {
  private readonly signIns: SignIn[] = [];
  private readonly towns = new Map<string, Town>();
  private readonly isLarge: boolean;

  constructor(
    private readonly connect: () => Promise<pg.Client>,
    private readonly client: pg.Client,
    private readonly closer: MonthCloser,
    private readonly options: DemoOptions,
  ) {
    this.isLarge = options.accounts > (options.largeAbove ?? ORDINARY);
  }

  async build(): Promise<void> {
    const make = () => this.make();
    await (this.isLarge ? inBulk(this.client, make) : make());
    if (this.options.signInsFile)
      writeFileSync(this.options.signInsFile, `${JSON.stringify(this.signIns, null, 2)}\n`);
  }

  private async make(): Promise<void> {
    const portals = [];
    for (const { organizations, ...portal } of DEMO_PORTALS) {
      const id = await addPortal(this.client, portal);
      const towns: Town[] = [];
      for (const plan of organizations) towns.push(await this.organization(id, plan));
      portals.push({ id, slug: portal.slug, towns });
    }
    await this.client.query('analyze');
    await this.history();
    for (const { towns, ...portal } of portals) await this.people(portal, towns);
    const accounts = [...this.towns.values()].reduce((sum, town) => sum + town.accounts.size, 0);
    console.log(
      `${accounts} accounts in ${this.towns.size} organisations, ${pastMonths(this.options.today).length} months closed`,
    );
  }

  /** An organisation with its houses and accounts, and the first month of its books open. */
  private async organization(portalId: string, plan: DemoOrganization): Promise<Town> {
    const { today, seed } = this.options;
    const random = new Random(seed * 1000 + Number(plan.accountPrefix));
    const raise = civilDate(
      `${today.slice(5) >= '07-01' ? today.slice(0, 4) : Number(today.slice(0, 4)) - 1}-07-01`,
    );
    const organization = await addOrganization(this.client, portalId, plan, raise);
    const accounts = new Map<number, WrittenAccount>();
    const registers: WrittenRegister[] = [];
    const writer = new TownWriter(this.client, organization);
    await writer.begin();
    const share = Math.round((this.options.accounts * plan.share) / 100);
    for (const house of planHouses({ organization: plan, random, today }, share)) {
      const written = await writer.house(house);
      for (const account of written.accounts) accounts.set(account.id, account);
      registers.push(...written.registers);
    }
    await writer.end();
    await this.client.query(`insert into period (organization_id, month, state) values ($1, $2, 'OPEN')`, [
      organization.id,
      firstDay(firstMonth(today)),
    ]);
    await writePapers(this.client, organization, {
      accounts: [...accounts.values()],
      months: pastMonths(today),
    });
    const client = this.isLarge ? await this.connect() : this.client;
    const lane = this.isLarge ? this.towns.size * IDS_OF_A_LARGE_TOWN : undefined;
    const town = {
      ...{ organization, accounts },
      readings: new ReadingHistory(client, organization, { registers, random, lane }),
      payments: new PaymentHistory(client, organization, { accounts, random, lane }),
      waiting: new Set([...accounts.keys()].slice(0, WAITING)),
    };
    this.towns.set(organization.id, town);
    return town;
  }

  /** Twelve months: readings come in, the month is closed by the engine, its bills are paid in the next one. */
  private async history(): Promise<void> {
    const { today } = this.options;
    const ids = [...this.towns.keys()];
    const each: Each = (some, work) => this.each(some, work);
    await each(ids, (id) => this.town(id).readings.installation(previousMonth(firstMonth(today))));
    for (const month of pastMonths(today)) {
      await each(ids, (id) => this.town(id).readings.month(month));
      const isLast = nextMonth(month) === monthOf(today);
      const closed = await this.closer.close(ids, month, { bills: isLast || !this.isLarge, each });
      await each(ids, async (id) => {
        const town = this.town(id);
        const until = isLast ? { until: today, except: town.waiting } : { until: LATER };
        const { closingId = '', openPeriodId: periodId = '' } = closed.get(id) ?? {};
        await town.payments.month({ billed: month, closingId, periodId, ...until });
      });
      // the next closing is planned for what is there now
      if (this.isLarge) await this.client.query('analyze reading, payment, movement');
      console.log(`${month} closed`);
    }
    await each(ids, (id) => {
      const { readings, waiting } = this.town(id);
      return readings.month(monthOf(today), { until: today, except: waiting });
    });
  }

  /** One after another; of a large town the first beside the rest, which together are as large. */
  private async each(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
    const inTurn = async (some: readonly string[]) => {
      for (const id of some) await work(id);
    };
    if (this.isLarge) await Promise.all([inTurn(ids.slice(0, 1)), inTurn(ids.slice(1))]);
    else await inTurn(ids);
  }

  private town(id: string): Town {
    const town = this.towns.get(id);
    if (!town) throw new RangeError(`There is no organisation ${id}`);
    return town;
  }

  private async people(portal: { id: string; slug: string }, towns: readonly Town[]): Promise<void> {
    const since = morningOf(firstDay(firstMonth(this.options.today)), 0);
    const people = new PeopleWriter(this.client, portal, since);
    const [home] = towns;
    if (!home) return;
    const accounts = [...home.accounts.values()];
    const flats = accounts.filter((account) => !account.flat.startsWith('Н'));
    const firms = accounts.filter((account) => account.flat.startsWith('Н'));
    this.signIns.push(await people.resident('resident', 'RESIDENT', home.organization, flats.slice(0, 2)));
    this.signIns.push(await people.resident('neighbour', 'RESIDENT', home.organization, flats.slice(2, 3)));
    this.signIns.push(await people.resident('firm', 'LEGAL', home.organization, firms.slice(0, 2)));
    this.signIns.push(...(await people.staff(towns.map(({ organization }) => organization))));
  }
}

const ORDINARY = 5000;
/** Organisations that are written side by side number their rows each from a place of its own, so the same each time. */
const IDS_OF_A_LARGE_TOWN = 100_000_000;
const LATER = civilDate('2999-01-01');
const WAITING = 3;

function firstMonth(today: CivilDate): Month {
  const [first] = pastMonths(today);
  if (first === undefined) throw new RangeError('The history has no month');
  return first;
}
