import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Api, type RefusalData } from '@kvartal/api-client';
import { Chip, Dialog, Skeleton, Toasts } from '@kvartal/ui';
import {
  AccountMetersDocument,
  EnterHouseReadingDocument,
  HouseMetersDocument,
  RecordMeterStateDocument,
  ReplaceMeterDocument,
  type WholeMeterFragment as Known,
} from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { type Filled, FilledForm } from '../shell/filled-form';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import {
  correctionFields,
  lastReading,
  readingFields,
  replacementFields,
  stateFields,
  stateOf,
} from './meter-forms';
import { RecalculationReview } from './recalculation-review';
import { Recalculating } from './recalculating';

type Meter = Known['meter'];
type Doing = 'state' | 'replace' | 'correct' | 'enter';
const NOTES = {
  state: 'meters.stateNote',
  replace: 'meters.replaceNote',
  correct: 'meters.correctNote',
  enter: 'meters.enterNote',
} as const;

/**
 * The meters of an account, or those of a house that belong to none: how they stand, what was found out of them by days,
 * and what staff do with them.
 */
@Component({
  selector: 'kv-meter-panel',
  imports: [Chip, Dialog, Failure, FilledForm, RecalculationReview, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './meter-panel.html',
})
export class MeterPanel {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  private readonly recalculating = inject(Recalculating);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  /** One of both. */
  readonly accountId = input<string>();
  readonly houseId = input<string>();
  /** Whether a month is closed: only readings of such are corrected. */
  readonly hasClosed = input(false);
  /** Something was posted: the balance is another one. */
  readonly posted = output();

  private readonly ofAccount = asked(
    AccountMetersDocument,
    () => {
      const [organizationId, accountId] = [this.staff.organizationId(), this.accountId()];
      return organizationId && accountId ? { organizationId, accountId } : undefined;
    },
    () => this.accountId() ?? '',
  );
  private readonly ofHouse = asked(
    HouseMetersDocument,
    () => {
      const [organizationId, houseId] = [this.staff.organizationId(), this.houseId()];
      return organizationId && houseId ? { organizationId, houseId } : undefined;
    },
    () => this.houseId() ?? '',
  );
  protected readonly list = computed(() => (this.houseId() ? this.ofHouse : this.ofAccount));
  protected readonly meters = computed(
    (): readonly Known[] | undefined =>
      this.ofHouse.value()?.houseMeters ?? this.ofAccount.value()?.accountMeters,
  );
  protected readonly mayWrite = computed(() => this.staff.may('ACCOUNT_WRITE'));
  protected readonly mayCorrect = computed(() => this.staff.may('PERIOD_CLOSE') && this.hasClosed());
  protected readonly mayEnter = computed(() => this.staff.may('READING_WRITE') && !!this.houseId());

  protected readonly doing = signal<{ what: Doing; meter: Meter } | undefined>(undefined);
  protected readonly note = computed(() => this.say.text(NOTES[this.doing()?.what ?? 'state']));
  /** Whether the reading was refused for its consumption, which may be confirmed. */
  private readonly isUnusual = signal(false);
  protected readonly isDoing = computed(() => this.doing() !== undefined);
  protected readonly typed = signal<Filled>({});
  protected readonly preview = this.recalculating.preview;
  protected readonly fields = computed(() => {
    const doing = this.doing();
    if (!doing) return [];
    if (doing.what === 'state') return stateFields(this.say, stateOf(this.typed()['state']));
    if (doing.what === 'replace') return replacementFields(this.say, doing.meter);
    if (doing.what === 'enter') return readingFields(this.say, doing.meter, this.isUnusual());
    return correctionFields(this.say, doing.meter);
  });
  protected readonly heading = computed(() => {
    const doing = this.doing();
    return doing ? this.say.text(`meters.${doing.what}`, { name: this.named(doing.meter) }) : '';
  });

  /** «Холодная вода, кухня, № 123» */
  protected named({ resource, place, serial }: Meter): string {
    return [this.say.enum('Resource', resource), place, serial && `№\u00a0${serial}`]
      .filter(Boolean)
      .join(', ');
  }

  /** What was said of it on some days, but that it works and is verified: that stands above. */
  protected told({ facts }: Known): { id: string; what: string; days: string; document: string }[] {
    const today = this.staff.today();
    const isPlain = ({ kind, isSo, to }: Known['facts'][number]): boolean =>
      isSo && (kind === 'METER_WORKING' || (kind === 'METER_VERIFIED' && (to === null || to >= today)));
    return facts
      .filter((fact) => !isPlain(fact))
      .map(({ id, kind, isSo, from, to, document }) => ({
        id,
        what: isSo ? this.say.enum('MeterFact', kind) : this.say.enum('MeterState', 'BROKEN'),
        days: this.days(from, to),
        document,
      }));
  }

  /** The last reading of a register, and of which zone it is where there are several. */
  protected last(register: Meter['registers'][number], { registers }: Meter): string {
    const reading = lastReading(this.say, register) || '—';
    return registers.length > 1 ? `${this.say.enum('Zone', register.zone)}: ${reading}` : reading;
  }

  protected begin(what: Doing, meter: Meter): void {
    this.typed.set({});
    this.isUnusual.set(false);
    this.recalculating.forget();
    this.doing.set({ what, meter });
  }

  protected readonly send = (filled: Filled, clientKey: string): Promise<readonly RefusalData[]> => {
    const doing = this.doing();
    if (!doing) return Promise.resolve([]);
    if (doing.what === 'state') return this.sendState(doing.meter, filled, clientKey);
    if (doing.what === 'replace') return this.sendReplacement(doing.meter, filled, clientKey);
    if (doing.what === 'enter') return this.sendReading(doing.meter, filled, clientKey);
    return this.recalculating.seeCorrection({
      registerId: filled['registerId'] ?? doing.meter.registers[0]?.id ?? '',
      takenOn: filled['takenOn'] ?? '',
      value: filled['value'] ?? '',
      document: filled['document'] ?? '',
      clientKey,
    });
  };

  /** A correction is only seen so far; everything else is done. */
  protected made(): void {
    if (this.doing()?.what === 'correct') return;
    this.finish();
  }

  protected finish(): void {
    if (this.doing()?.what === 'correct') this.posted.emit();
    this.doing.set(undefined);
    this.toasts.show(this.say.text('meters.done'));
    this.list().reload();
  }

  private async sendState(meter: Meter, filled: Filled, clientKey: string): Promise<readonly RefusalData[]> {
    const input = {
      organizationId: this.staff.organizationId() ?? '',
      meterId: meter.id,
      state: stateOf(filled['state']),
      from: filled['from'] ?? '',
      to: filled['to'] || null,
      document: filled['document'] ?? '',
      clientKey,
    };
    const answer = (await this.api.mutate(RecordMeterStateDocument, { input })).recordMeterState;
    return answer.__typename === 'Refused' ? answer.refusals : [];
  }

  private async sendReading(
    meter: Meter,
    filled: Filled,
    clientKey: string,
  ): Promise<readonly RefusalData[]> {
    const input = {
      organizationId: this.staff.organizationId() ?? '',
      registerId: filled['registerId'] ?? meter.registers[0]?.id ?? '',
      value: filled['value'] ?? '',
      takenOn: filled['takenOn'] ?? '',
      confirmUnusual: filled['confirmUnusual'] === 'yes',
      clientKey,
    };
    const answer = (await this.api.mutate(EnterHouseReadingDocument, { input })).enterHouseReading;
    if (answer.__typename !== 'Refused') return [];
    if (answer.refusals.some(({ code }) => code === 'IMPLAUSIBLE_JUMP')) this.isUnusual.set(true);
    return answer.refusals;
  }

  private async sendReplacement(
    meter: Meter,
    filled: Filled,
    clientKey: string,
  ): Promise<readonly RefusalData[]> {
    const input = {
      organizationId: this.staff.organizationId() ?? '',
      meterId: meter.id,
      on: filled['on'] ?? '',
      registers: meter.registers.map(({ id }, place) => ({
        registerId: id,
        final: filled[`final${place}`] || null,
        initial: filled[`initial${place}`] ?? '',
      })),
      serial: filled['serial'] ?? '',
      digits: Number(filled['digits']),
      decimals: Number(filled['decimals']),
      verifiedTo: filled['verifiedTo'] || null,
      document: filled['document'] ?? '',
      clientKey,
    };
    const answer = (await this.api.mutate(ReplaceMeterDocument, { input })).replaceMeter;
    if (answer.__typename !== 'Refused') return [];
    // values of registers have fields of their own
    return answer.refusals.map((one) => {
      const [, place, field] = one.path.slice(one.path.indexOf('registers'));
      return one.path.includes('registers') && field ? { ...one, path: [`${field}${place}`] } : one;
    });
  }

  private days(from: string | null, to: string | null): string {
    if (from && to) return this.say.text('papers.days', { from: this.say.date(from), to: this.say.date(to) });
    if (from) return this.say.text('papers.since', { from: this.say.date(from) });
    return to ? this.say.text('tariffs.ends', { date: this.say.date(to) }) : this.say.text('tariffs.always');
  }
}
