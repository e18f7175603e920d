import { Inject, Injectable } from '@nestjs/common';
import { firstDay, type Month, todayIn } from '@kvartal/domain';
import type { AccountScope } from '@kvartal/accounts';
import { Clock, NotFound, Refusal, type Tx, row, rows } from '@kvartal/platform';
import { type IntakeRow, type KnownIntake, type KnownReading, knownIntake } from './intake.state';

/** A transaction, or the pool where one statement is all. */
type Querying = Pick<Tx, 'query'>;

/** What has to be written: readings of ours that are new, and those that no longer stand as they did. */
export interface IntakeChanges {
  entered: readonly { registerId: string; houseId: string; reading: KnownReading }[];
  changed: readonly KnownReading[];
  /** Who sends them, where that is a person. */
  createdBy: string | null;
}

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
    const parameters: [string, ...unknown[]] = [
      organizationId,
      accountId,
      person,
      await this.clock.now(),
      keys,
    ];
    return this.read(tx, 'select intake_of_account($1, $2, $3, $4, $5) as intake', parameters);
  }

  /** Registers of an organisation by their ids, with their readings since a month; foreign ones are left out. */
  async ofRegisters(
    tx: Querying,
    organizationId: string,
    { registerIds, since, keys }: { registerIds: readonly string[]; since: Month; keys: readonly string[] },
  ): Promise<KnownIntake> {
    const parameters: [string, ...unknown[]] = [organizationId, registerIds, firstDay(since), keys];
    return this.read(tx, 'select intake_of_registers($1, $2, $3, $4) as intake', parameters);
  }

  /**
   * Writes in one transaction of one statement, through the ledger's door. Returns the new ids by register, month and
   * version. Fails with LG001, LG004 or a unique violation where the decision was overtaken (see contested.ts).
   */
  async write(tx: Querying, known: KnownIntake, changes: IntakeChanges): Promise<Map<string, string>> {
    if (!known.open) throw new Refusal('PERIOD_NOT_OPEN');
    const now = await this.clock.now();
    const written = await rows<{ id: string; register_id: string; month: string; version: number }>(
      tx,
      'select * from reading_enter($1, $2, $3, $4, $5)',
      [
        known.organizationId,
        known.open.id,
        now,
        JSON.stringify(changes.entered.map((one) => columnsOf(one, changes.createdBy))),
        JSON.stringify(changes.changed.map(({ id, state }) => ({ id, state }))),
      ],
    );
    return new Map(
      written.map(({ id, register_id, month, version }) => [readingKey(register_id, month, version), id]),
    );
  }

  private async read(
    tx: Querying,
    sql: string,
    parameters: readonly [string, ...unknown[]],
  ): Promise<KnownIntake> {
    const found = await row<{ intake: IntakeRow | null }>(tx, sql, parameters);
    if (!found?.intake) throw new NotFound();
    const today = todayIn(await this.clock.now(), found.intake.timeZone);
    return knownIntake(found.intake, parameters[0], today);
  }
}

/** Names a reading before it has an id. */
export const readingKey = (registerId: string, month: string, version: number): string =>
  `${registerId} ${month} ${version}`;

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
