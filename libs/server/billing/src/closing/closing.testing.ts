import { type Month, calculateHouse, firstDay, month } from '@kvartal/domain';
import { inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { type UnderTest, underTest } from '../testing';
import { ClosingComputing } from './closing.computing';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { Closings } from './closings.service';
import type { SecondOpinion } from './second-opinion';

export const OCTOBER = month('2026-10');
const EVER = '[2020-01-01,)';
const KNOWN = '[2020-01-01T00:00:00Z,)';

/** The engine's own lines: an opinion that agrees. */
export const agrees: SecondOpinion = (house) => {
  const { statements, share } = calculateHouse(house);
  return {
    lines: statements.flatMap(({ accountId, lines }) => lines.map((line) => ({ ...line, accountId }))),
    carried: share.commons.map(({ terms, carryOut }) => ({
      serviceId: terms.serviceId,
      quantity: carryOut,
    })),
  };
};

/** The town of specs with words for what a month is charged from: everything of its first organisation. */
export class ChargedTown {
  readonly first: Town['first'];

  private constructor(
    readonly at: UnderTest,
    readonly town: Town,
  ) {
    this.first = town.first;
  }

  static async build(): Promise<ChargedTown> {
    const at = await underTest(BillingModule);
    return new ChargedTown(at, await aTown(at.owner));
  }

  /** Adds a row as the application would: behind the ledger's door. Answers its id. */
  async add(table: string, values: Readonly<Record<string, unknown>>): Promise<string> {
    const { organizationId } = this.first;
    const given = { organization_id: organizationId, ...values };
    const names = Object.keys(given);
    return inTransaction(this.at.db, async (tx) => {
      await rows(tx, 'select ledger_enter($1)', [organizationId]);
      const added = await row<{ id: string }>(
        tx,
        `insert into ${table} (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')}) returning id`,
        Object.values(given),
      );
      return added?.id ?? '';
    });
  }

  /** What a service costs from now on, in place of what was known before: millionths a unit. Answers the tariff's id. */
  async price(
    serviceId: string,
    price: number,
    rest: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    await this.forget('tariff', serviceId);
    const { supplierId } = this.first;
    const tariff = { service_id: serviceId, supplier_id: supplierId, price, document: 'Приказ № 2' };
    return this.add('tariff', { ...tariff, valid: EVER, known: await this.now(), ...rest });
  }

  /** Known from this moment on. */
  async now(): Promise<string> {
    const now = await row<{ known: string }>(this.at.db, 'select tstzrange(now(), null)::text as known');
    return now?.known ?? KNOWN;
  }

  /** Ends what is known of a service. */
  async forget(table: 'tariff' | 'account_service' | 'service_terms', serviceId: string): Promise<void> {
    await rows(
      this.at.db,
      `update ${table} set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2 and upper_inf(known)`,
      [this.first.organizationId, serviceId],
    );
  }

  service(values: Readonly<Record<string, unknown>>): Promise<string> {
    return this.add('service', { service_group: 'UTILITY', unit: 'Гкал', ...values });
  }

  norm(serviceId: string, kind: string, value: number): Promise<string> {
    const norm = { service_id: serviceId, kind, value, document: 'Постановление № 1' };
    return this.add('norm', { ...norm, valid: EVER, known: KNOWN });
  }

  /** A fact of the house, or of an account by its number in the town. */
  async fact(
    of: 'HOUSE' | number,
    kind: string,
    value: number,
    { valid = EVER, known = KNOWN }: { valid?: string; known?: string } = {},
  ): Promise<string> {
    const { houseId, accountIds } = this.first;
    const subject = of === 'HOUSE' ? ['HOUSE', houseId] : ['ACCOUNT', accountIds[of]];
    const fact = { house_id: houseId, subject: subject[0], subject_id: subject[1], kind };
    return this.add('fact', { ...fact, value: value * 1_000_000, valid, known });
  }

  /** What is believed of an account from now on, in place of what was: how many live there, or own it. */
  async people(account: number, kind: 'RESIDENTS' | 'OWNERS', count: number): Promise<void> {
    await rows(
      this.at.db,
      `update fact set known = tstzrange(lower(known), now())
       where organization_id = $1 and subject_id = $2 and subject = 'ACCOUNT' and kind = $3 and upper_inf(known)`,
      [this.first.organizationId, this.first.accountIds[account], kind],
    );
    await this.fact(account, kind, count, { known: await this.now() });
  }

  /** That accounts take a service by a method. */
  async takes(serviceId: string, method: string, accounts: readonly number[] = [0, 1, 2]): Promise<void> {
    const { houseId, accountIds, supplierId } = this.first;
    const of = { house_id: houseId, service_id: serviceId, supplier_id: supplierId, method };
    for (const account of accounts)
      await this.add('account_service', {
        ...of,
        account_id: accountIds[account],
        valid: EVER,
        known: KNOWN,
      });
  }

  terms(serviceId: string, decided: Readonly<Record<string, unknown>>): Promise<string> {
    const row = { service_id: serviceId, document: 'Протокол № 1', valid: EVER, known: KNOWN };
    return this.add('service_terms', { ...row, ...decided });
  }

  /** A meter with one register that stood at 100 in September; of an account, or of the house. */
  async meter(resource: string, account: number | null): Promise<string> {
    const { houseId, accountIds } = this.first;
    const meter = await this.add('meter', {
      house_id: houseId,
      account_id: account === null ? null : accountIds[account],
      resource,
      serial: `${resource}-${account}`,
      place: 'узел ввода',
    });
    const register = await this.add('register', { meter_id: meter, zone: 'SINGLE', digits: 6, decimals: 3 });
    await this.add('fact', {
      house_id: houseId,
      subject: 'METER',
      subject_id: meter,
      kind: 'METER_WORKING',
      value: 1_000_000,
      valid: EVER,
      known: KNOWN,
    });
    await this.read(register, month('2026-09'), '100');
    return register;
  }

  /** Waters of the town's meters in October: cubic metres since September. */
  async waters(...volumes: readonly string[]): Promise<void> {
    for (const [place, volume] of volumes.entries())
      await this.read(this.first.registerIds[place] ?? '', OCTOBER, String(100 + Number(volume)));
  }

  async read(registerId: string, of: Month, value: string): Promise<void> {
    const { houseId } = this.first;
    await inTransaction(this.at.db, async (tx) => {
      await rows(tx, 'select ledger_enter($1)', [this.first.organizationId]);
      await rows(
        tx,
        `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
         values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::numeric * 1000000, 'SITE')`,
        [this.first.organizationId, houseId, registerId, firstDay(of), value],
      );
    });
  }

  async computed(of = OCTOBER): Promise<ClosingKey> {
    const key = await this.at.module.get(Closings).start('system', this.first.organizationId, of);
    await this.at.module.get(ClosingComputing).computeAll(key);
    return key;
  }

  async close(of = OCTOBER): Promise<ClosingKey> {
    const key = await this.computed(of);
    await this.commit(key);
    return key;
  }

  /** Commits what stands computed, whatever looks wrong in it. */
  async commit(key: ClosingKey): Promise<void> {
    const { digest } = await this.at.module.get(ClosingQueries).get(key);
    await this.at.module.get(Closings).commit('system', key, digest ?? '', { chargesUndecided: true });
  }

  /** Computes again what changed. */
  async recompute(key: ClosingKey): Promise<void> {
    await this.at.module.get(Closings).recompute('system', key);
    await this.at.module.get(ClosingComputing).computeAll(key);
  }

  async discard(key: ClosingKey): Promise<void> {
    await this.at.module.get(Closings).discard('system', key);
  }

  /** Lines of a service as a table to compare with: account, method, quantity, of it common, charged, tax, excess. */
  async lines(serviceId: string, { closingId }: ClosingKey): Promise<string[]> {
    const found = await rows<{ line: string }>(
      this.at.owner,
      `select concat_ws(' ', array_position($2::bigint[], l.account_id), l.method, (l.quantity / 1000000.0)::float,
         (l.common_quantity / 1000000.0)::float, l.charged / 100.0::float, l.vat / 100.0::float, l.excess / 100.0::float) as line
       from statement_line_${closingId} l where l.service_id = $1 order by l.account_id`,
      [serviceId, this.first.accountIds],
    );
    return found.map(({ line }) => line);
  }
}
