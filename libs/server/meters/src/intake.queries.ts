import { Inject, Injectable } from '@nestjs/common';
import type { AccountScope } from '@kvartal/accounts';
import { addMonths, firstDay, type Month, month, monthOf, todayIn } from '@kvartal/domain';
import { Clock, NotFound, Refusal, type Tx, rows } from '@kvartal/platform';
import { refusalOfKey } from './client-key';
import { previousOf } from './consumption';
import { type FreshReading, type IntakeChanges, readingKey } from './intake.book';
import { type IntakeRow, type KnownIntake, knownIntake } from './intake.state';

/** A transaction, or the pool where one statement is all. */
type Querying = Pick<Tx, 'query'>;

/** An account, whose link to it is looked for, and under which keys readings are sent. */
export interface AskedAccount extends AccountScope {
  person: string | null;
  keys: readonly string[];
}

interface Asked {
  organizationId: string;
  accountId: string | null;
  /** Null: all of the account. */
  registerIds: readonly string[] | null;
  person: string | null;
  keys: readonly string[];
}

const MONTHS_OF_HISTORY = 12;
const BEGINNING = month('2000-01');

/** The one statement that reads all that decides about readings, and the one that writes what was decided. */
@Injectable()
export class IntakeQueries {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** All registers of an account. Throws NotFound where there is no such organisation. */
  async ofAccount(tx: Querying, asked: AskedAccount): Promise<KnownIntake> {
    const [known] = await this.ofAccounts(tx, [asked]);
    if (!known) throw new NotFound();
    return known;
  }

  /** All registers of each of these accounts, in their order; undefined where there is no such organisation. */
  async ofAccounts(tx: Querying, asked: readonly AskedAccount[]): Promise<(KnownIntake | undefined)[]> {
    const recent = addMonths(monthOf(todayIn(await this.clock.now(), 'UTC')), -2);
    return this.read(
      tx,
      asked.map(({ organizationId, accountId, person, keys }) => ({
        organizationId,
        accountId,
        person,
        keys,
        registerIds: null,
      })),
      recent,
    );
  }

  /**
   * Registers of an organisation by their ids; foreign ones are left out. `recent`: the first month of which all
   * readings have to be known.
   */
  async ofRegisters(
    tx: Querying,
    organizationId: string,
    { recent, ...asked }: { registerIds: readonly string[]; recent: Month; keys: readonly string[] },
  ): Promise<KnownIntake> {
    const [known] = await this.read(
      tx,
      [{ ...asked, organizationId, accountId: null, person: null }],
      recent,
    );
    if (!known) throw new NotFound();
    return known;
  }

  /**
   * Writes in one transaction of one statement, through the ledger's door, for the period that was open when it was
   * decided. Returns the new ids by register, month and version. Fails with LG001, LG004 or a unique violation where the
   * decision was overtaken (see contested.ts).
   */
  async write(
    tx: Querying,
    { organizationId, open }: Pick<KnownIntake, 'organizationId' | 'open'>,
    { entered, changed }: IntakeChanges,
  ): Promise<Map<string, string>> {
    if (!entered.length) return new Map();
    if (!open) throw new Refusal('PERIOD_NOT_OPEN');
    const written = await rows<{ id: string; register_id: string; month: string; version: number }>(
      tx,
      'select * from reading_enter($1, $2, $3, $4)',
      [
        organizationId,
        open.id,
        JSON.stringify(entered.map(columnsOf)),
        JSON.stringify(changed.map(({ id, state }) => ({ id, state }))),
      ],
    );
    return new Map(written.map((one) => [readingKey(one.register_id, one.month, one.version), one.id]));
  }

  /** The last year is enough for nearly all; registers without a settled reading in it are read back to the beginning. */
  private async read(
    tx: Querying,
    asked: readonly Asked[],
    recent: Month,
  ): Promise<(KnownIntake | undefined)[]> {
    const read = await this.readSince(tx, asked, { recent, since: addMonths(recent, -MONTHS_OF_HISTORY) });
    const short = asked.flatMap((one, at) => {
      const registers = read[at]?.registers.filter(({ readings }) => !previousOf(readings, recent)) ?? [];
      return registers.length ? [{ at, asked: { ...one, registerIds: registers.map(({ id }) => id) } }] : [];
    });
    if (!short.length) return read;
    const whole = await this.readSince(
      tx,
      short.map((one) => one.asked),
      { recent, since: BEGINNING },
    );
    return read.map((known, at) => withWhole(known, whole[short.findIndex((one) => one.at === at)]));
  }

  private async readSince(
    tx: Querying,
    asked: readonly Asked[],
    { since, recent }: { since: Month; recent: Month },
  ): Promise<(KnownIntake | undefined)[]> {
    const found = await rows<{ intake: IntakeRow | null }>(
      tx,
      `select intake_state(a."organizationId", a."accountId", a."registerIds", a.person, $2, $3, a.keys) as intake
       from rows from (json_to_recordset($1) as ("organizationId" bigint, "accountId" bigint, "registerIds" bigint[],
         person bigint, keys text[])) with ordinality a
       order by a.ordinality`,
      [JSON.stringify(asked.map(withUsableKeys)), firstDay(since), firstDay(recent)],
    );
    const now = await this.clock.now();
    return asked.map(({ organizationId }, at) => {
      const intake = found[at]?.intake;
      return intake ? knownIntake(intake, organizationId, todayIn(now, intake.timeZone)) : undefined;
    });
  }
}

/** What is no key was never entered under one. */
const withUsableKeys = (asked: Asked): Asked => ({
  ...asked,
  keys: asked.keys.filter((key) => !refusalOfKey(key)),
});

/** With the registers that had to be read back to the beginning in the place of their short selves. */
function withWhole(known: KnownIntake | undefined, whole: KnownIntake | undefined): KnownIntake | undefined {
  if (!known || !whole) return known;
  const registers = known.registers.map(
    (short) => whole.registers.find(({ id }) => id === short.id) ?? short,
  );
  return { ...known, registers };
}

/** A new reading as `reading_enter` takes it. */
const columnsOf = ({
  registerId,
  houseId,
  createdBy,
  reading,
}: FreshReading): Readonly<Record<string, string | number | boolean | null>> => ({
  house_id: houseId,
  register_id: registerId,
  month: firstDay(reading.month),
  taken_on: reading.takenOn,
  value: reading.value.toString(),
  source: reading.source,
  state: reading.state,
  settles: reading.settles,
  version: reading.version,
  unusual: reading.unusual,
  client_key: reading.clientKey,
  created_by: createdBy,
  created_at: reading.createdAt.toISOString(),
});
