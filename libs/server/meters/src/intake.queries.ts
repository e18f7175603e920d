import { Inject, Injectable } from '@nestjs/common';
import type { AccountScope } from '@kvartal/accounts';
import { addMonths, firstDay, type Month, month, monthOf, todayIn } from '@kvartal/domain';
import { Clock, NotFound, Refusal, type Tx, row, rows } from '@kvartal/platform';
import { previousOf } from './consumption';
import { type IntakeRow, type KnownIntake, type KnownReading, knownIntake } from './intake.state';

/** A transaction, or the pool where one statement is all. */
type Querying = Pick<Tx, 'query'>;

/** What has to be written: readings of ours that are new, and those that no longer stand as they did. */
export interface IntakeChanges {
  entered: readonly { registerId: string; houseId: string; reading: KnownReading }[];
  changed: readonly KnownReading[];
  /** Who sends them, where that is a person. */
  createdBy: string | null;
  at: Date;
}

interface Asked {
  organizationId: string;
  accountId: string | null;
  /** Null: all of the account. */
  registerIds: readonly string[] | null;
  person: string | null;
  recent: Month;
  keys: readonly string[];
}

const MONTHS_OF_HISTORY = 12;
const BEGINNING = month('2000-01');

/** The one statement that reads all that decides about readings, and the one that writes what was decided. */
@Injectable()
export class IntakeQueries {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** All registers of an account. `person`: whose link to it is looked for; `keys`: readings sent under them come too. */
  async ofAccount(
    tx: Querying,
    { organizationId, accountId }: AccountScope,
    { person = null, keys = [] }: { person?: string | null; keys?: readonly string[] } = {},
  ): Promise<KnownIntake> {
    const recent = addMonths(await this.presentMonth(), -2);
    return this.read(tx, { organizationId, accountId, registerIds: null, person, recent, keys });
  }

  /**
   * Registers of an organisation by their ids; foreign ones are left out. `recent`: the first month of which all
   * readings have to be known.
   */
  async ofRegisters(
    tx: Querying,
    organizationId: string,
    asked: { registerIds: readonly string[]; recent: Month; keys: readonly string[] },
  ): Promise<KnownIntake> {
    return this.read(tx, { ...asked, organizationId, accountId: null, person: null });
  }

  /**
   * Writes in one transaction of one statement, through the ledger's door. Returns the new ids by register, month and
   * version. Fails with LG001, LG004 or a unique violation where the decision was overtaken (see contested.ts).
   */
  async write(tx: Querying, known: KnownIntake, changes: IntakeChanges): Promise<Map<string, string>> {
    if (!known.open) throw new Refusal('PERIOD_NOT_OPEN');
    const written = await rows<{ id: string; register_id: string; month: string; version: number }>(
      tx,
      'select * from reading_enter($1, $2, $3, $4, $5)',
      [
        known.organizationId,
        known.open.id,
        changes.at,
        JSON.stringify(changes.entered.map((one) => columnsOf(one, changes.createdBy))),
        JSON.stringify(changes.changed.map(({ id, state }) => ({ id, state }))),
      ],
    );
    return new Map(
      written.map(({ id, register_id, month: of, version }) => [readingKey(register_id, of, version), id]),
    );
  }

  /** The last year is enough for nearly all; registers without a settled reading in it are read back to the beginning. */
  private async read(tx: Querying, asked: Asked): Promise<KnownIntake> {
    const known = await this.readSince(tx, asked, addMonths(asked.recent, -MONTHS_OF_HISTORY));
    const short = known.registers.filter(({ readings }) => !previousOf(readings, asked.recent));
    if (!short.length) return known;
    const registerIds = short.map(({ id }) => id);
    const whole = await this.readSince(tx, { ...asked, registerIds }, BEGINNING);
    return {
      ...known,
      registers: known.registers.map(
        (register) => whole.registers.find(({ id }) => id === register.id) ?? register,
      ),
    };
  }

  private async readSince(tx: Querying, asked: Asked, since: Month): Promise<KnownIntake> {
    const { organizationId, accountId, registerIds, person, recent, keys } = asked;
    const found = await row<{ intake: IntakeRow | null }>(
      tx,
      'select intake_state($1, $2, $3, $4, $5, $6, $7) as intake',
      [organizationId, accountId, registerIds, person, firstDay(since), firstDay(recent), keys],
    );
    if (!found?.intake) throw new NotFound();
    return knownIntake(found.intake, organizationId, todayIn(await this.clock.now(), found.intake.timeZone));
  }

  private async presentMonth(): Promise<Month> {
    return monthOf(todayIn(await this.clock.now(), 'UTC'));
  }
}

/** Names a reading before it has an id. */
export const readingKey = (registerId: string, of: string, version: number): string =>
  `${registerId} ${of} ${version}`;

/** A new reading as `reading_enter` takes it. */
const columnsOf = (
  { registerId, houseId, reading }: IntakeChanges['entered'][number],
  createdBy: string | null,
): Readonly<Record<string, string | number | boolean | null>> => ({
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
});
