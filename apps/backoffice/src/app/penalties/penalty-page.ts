import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Dialog, Icon, Skeleton, Toasts } from '@kvartal/ui';
import { showPercent, showQuantity } from '@kvartal/words';
import { type DebtGroup, PenaltiesDocument, type PenaltyPayer } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { type Filled, FilledForm, type FormField, type Send } from '../shell/filled-form';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { inForce, newestOf, shownLegal } from '../tariffs/dated';
import { TariffTabs } from '../tariffs/tariff-tabs';
import { Say } from '../texts/say';
import { Penalties } from './penalties';
import {
  allocationFields,
  bandsOf,
  GROUPS,
  groupOf,
  type Moratorium,
  moratoriumFields,
  payerOf,
  PAYERS,
  type Schedule,
  scheduleFields,
} from './penalty-forms';

/** What is being changed: which form is open, and over what. */
interface Change {
  heading: string;
  note: string;
  fields: readonly FormField[];
  action: string;
  isDanger: boolean;
  send: Send;
}

const RATES = ['KEY_RATE', 'PENALTY_CAP', 'PENALTY_FIXED', 'DUE_DAY'] as const;
const MODES = ['PROPORTIONAL', 'FIFO', 'PRIORITY'] as const;

/** By what debts are penalised, and how payments are split: the law's rows and the organisation's own, by days. */
@Component({
  selector: 'kv-penalty-page',
  imports: [Dialog, Failure, FilledForm, Icon, RouterLink, Skeleton, Table, TariffTabs],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './penalty-page.html',
})
export class PenaltyPage {
  private readonly penalties = inject(Penalties);
  private readonly toasts = inject(Toasts);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);

  protected readonly list = asked(
    PenaltiesDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
  protected readonly rules = computed(() => this.list.value()?.penaltyRules);
  protected readonly mayChange = computed(() => this.staff.may('TARIFF_WRITE'));
  protected readonly changing = signal<Change | undefined>(undefined);
  protected readonly isChanging = computed(() => this.changing() !== undefined);

  /** What of the law's numbers counts today. */
  protected readonly rates = computed(() =>
    RATES.flatMap((kind) => {
      const number = this.list.value()?.legalNumbers.numbers.find((one) => one.kind === kind);
      const now = number && inForce(number.values, this.staff.today());
      if (!number || !now) return [];
      const shown = shownLegal(now.value, number.unit);
      const value = number.unit === 'SHARE' ? showPercent(shown) : showQuantity(shown);
      return [{ name: this.say.enum('LegalKind', kind), value }];
    }),
  );
  /** Each kind of payers and debts with its schedules that have not ended, what counts first. */
  protected readonly schedules = computed(() =>
    PAYERS.flatMap((payer) =>
      GROUPS.map((group) => ({ payer, group, rows: this.rowsOf(payer, group) })),
    ).filter(({ rows }) => rows.length),
  );

  protected days({ from, to }: { from: string | null; to: string | null }): string {
    if (from && to) return this.say.text('papers.days', { from: this.say.date(from), to: this.say.date(to) });
    if (from) return this.say.text('tariffs.since', { date: this.say.date(from) });
    return to ? this.say.text('tariffs.ends', { date: this.say.date(to) }) : this.say.text('tariffs.always');
  }

  /** «с 31 по 90 день — 1/300» */
  protected band({ fromDay, toDay, numerator, denominator }: Schedule['bands'][number]): string {
    const share = numerator ? `${numerator}/${denominator}` : '0';
    return toDay
      ? this.say.text('penalties.band', { from: fromDay, to: toDay, share })
      : this.say.text('penalties.lastBand', { from: fromDay, share });
  }

  protected whose({ payer, group }: { payer: PenaltyPayer | null; group: DebtGroup | null }): string {
    return [
      payer ? this.say.enum('PenaltyPayer', payer) : this.say.text('penalties.allPayers'),
      group ? this.say.enum('DebtGroup', group) : this.say.text('penalties.allDebts'),
    ].join(' · ');
  }

  protected changeSchedule(payer: PenaltyPayer, group: DebtGroup): void {
    const rows = this.rowsOf(payer, group);
    this.open({
      heading: this.whose({ payer, group }),
      note: this.say.text('penalties.ownNote'),
      fields: scheduleFields(this.say, rows[0], this.rules()?.changesFrom ?? this.staff.today()),
      send: (filled, clientKey) => this.sendSchedule({ payer, group }, filled, clientKey),
    });
  }

  protected addMoratorium(): void {
    this.open({
      heading: this.say.text('penalties.newMoratorium'),
      note: this.say.text('penalties.moratoriumNote'),
      fields: moratoriumFields(this.say, this.rules()?.changesFrom ?? this.staff.today()),
      send: (filled, clientKey) =>
        this.penalties.addMoratorium({
          accountNumber: filled['accountNumber'] || null,
          payer: payerOf(filled['payer']) ?? null,
          group: groupOf(filled['group']) ?? null,
          from: filled['from'] ?? '',
          to: filled['to'] || null,
          document: filled['document'] ?? '',
          clientKey,
        }),
    });
  }

  protected changeAllocation(): void {
    const rules = this.rules()?.allocation ?? [];
    const now = rules.find(({ from }) => (from ?? '') <= this.staff.today())?.mode ?? 'PROPORTIONAL';
    this.open({
      heading: this.say.text('penalties.allocation'),
      note: '',
      fields: allocationFields(this.say, now, this.rules()?.changesFrom ?? this.staff.today()),
      send: (filled, clientKey) =>
        this.penalties.setAllocation({
          mode: MODES.find((one) => one === filled['mode']) ?? 'PROPORTIONAL',
          from: filled['from'] ?? '',
          document: filled['document'] ?? '',
          seen: newestOf(rules),
          clientKey,
        }),
    });
  }

  protected withdraw(what: 'schedule' | 'moratorium', of: Schedule | Moratorium): void {
    const from = this.say.date(this.rules()?.changesFrom ?? this.staff.today());
    this.open({
      heading: this.say.text('penalties.withdrawAsk', { name: of.document }),
      note: this.say.text('penalties.withdrawNote', { date: from }),
      fields: [],
      action: this.say.text('penalties.withdraw'),
      isDanger: true,
      send: () => this.penalties.withdraw(what, of.id),
    });
  }

  protected done(): void {
    this.changing.set(undefined);
    this.toasts.show(this.say.text('penalties.done'));
    this.list.reload();
  }

  private open(change: Pick<Change, 'heading' | 'note' | 'fields' | 'send'> & Partial<Change>): void {
    this.changing.set({ action: this.say.text('tariffs.save'), isDanger: false, ...change });
  }

  private async sendSchedule(
    of: { payer: PenaltyPayer; group: DebtGroup },
    filled: Filled,
    clientKey: string,
  ): ReturnType<Send> {
    const bands = bandsOf(filled);
    if (!bands) return [{ code: 'PENALTY_BANDS', path: ['share0'], params: [] }];
    const refusals = await this.penalties.setSchedule({
      ...of,
      bands,
      isCapped: filled['isCapped'] === 'yes',
      upToPrincipal: filled['upToPrincipal'] === 'yes',
      from: filled['from'] ?? '',
      document: filled['document'] ?? '',
      seen: newestOf(this.rowsOf(of.payer, of.group, true)),
      clientKey,
    });
    return refusals.map((one) => (one.path.includes('bands') ? { ...one, path: ['share0'] } : one));
  }

  /** What counts today first, then what comes; `own`: all of the organisation's own. */
  private rowsOf(payer: PenaltyPayer, group: DebtGroup, own = false): Schedule[] {
    const all = (this.rules()?.schedules ?? []).filter((one) => one.payer === payer && one.group === group);
    if (own) return all.filter(({ isLaw }) => !isLaw);
    const today = this.staff.today();
    const living = all.filter(({ to }) => to === null || to >= today);
    const begun = living.filter(({ from }) => from === null || from <= today);
    const now = begun.find(({ isLaw }) => !isLaw) ?? begun[0];
    return [...(now ? [now] : []), ...living.filter((one) => !begun.includes(one)).reverse()];
  }
}
