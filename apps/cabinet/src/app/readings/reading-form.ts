import {
  computed,
  debounced,
  effect,
  inject,
  linkedSignal,
  resource,
  Service,
  signal,
  untracked,
} from '@angular/core';
import { type ApiFailure, failureOf, type RefusalData } from '@kvartal/api-client';
import { money, moneyText, sum } from '@kvartal/domain';
import type { ReadingInput } from '../../generated/graphql';
import { drafts } from './draft-keeper';
import { type Draft, Intake, type Meter, type Preview, type Register } from './intake';
import { asTyped, type RowState, rowState } from './row';

const PAUSE_MS = 400;

/** A register with what stands in its field. */
export interface Row extends RowState {
  meter: Meter;
  register: Register;
  text: string;
  /** Takes a value now. */
  isOpen: boolean;
  /** Differs from what was sent before. */
  isChanged: boolean;
  /** The person has said that an unusual value is right, now or when it was sent. */
  isConfirmed: boolean;
  /** The person has left the field, or has sent the form. */
  isLeft: boolean;
}

/** The form of one intake: what was typed, kept in the browser; what it comes to; sending it. */
@Service({ autoProvided: false })
export class ReadingForm {
  private readonly intake = inject(Intake);

  private readonly typed = signal<Readonly<Record<string, string>>>({});
  private readonly left = signal<ReadonlySet<string>>(new Set());
  private readonly confirmed = signal<Readonly<Record<string, string>>>({});
  private readonly refused = signal<Readonly<Record<string, { text: string; refusal: RefusalData }>>>({});
  private readonly keys = new Map<string, string>();

  readonly keptAt = signal<number | undefined>(undefined);
  readonly isSending = signal(false);
  readonly failure = signal<ApiFailure | undefined>(undefined);
  /** Refusals of the whole, not of a field. */
  readonly general = signal<readonly RefusalData[]>([]);

  private readonly month = computed(() => this.intake.data()?.window.month);
  private readonly isOpen = computed(() => this.intake.data()?.window.isOpen ?? false);

  /** Values that the engine can be asked about. */
  private readonly readable = computed<readonly Draft[]>(
    () =>
      this.bare().flatMap(({ register, value }) =>
        value === undefined ? [] : [{ registerId: register.id, value }],
      ),
    { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
  );
  private readonly settled = debounced(this.readable, PAUSE_MS);
  private readonly asked = resource({
    params: () => {
      const [key, values] = [this.intake.key(), this.settled.hasValue() ? this.settled.value() : []];
      return key && values.length ? { key, values } : undefined;
    },
    loader: async ({ params: { key, values }, abortSignal }) => ({
      values: new Map(values.map(({ registerId, value }) => [registerId, value])),
      preview: await this.intake.preview(key, [...values], abortSignal),
    }),
  });
  /** The last answer stays while the next is on its way; what does not fit any more is not shown. */
  private readonly answer = linkedSignal<Answer | undefined, Answer | undefined>({
    source: () => (this.asked.hasValue() ? this.asked.value() : undefined),
    computation: (now, before) => now ?? before?.value,
  });

  private readonly bare = computed(() => this.rowsWith(undefined));
  readonly rows = computed(() => this.rowsWith(this.answer()));
  readonly fillable = computed(() => this.rows().filter(({ isOpen }) => isOpen));
  readonly filled = computed(() => this.fillable().filter(({ text }) => text.trim() !== ''));
  readonly wrong = computed(() => this.fillable().filter(({ problem, isLeft }) => problem && isLeft));
  readonly changed = computed(() =>
    this.fillable().filter(({ isChanged, text }) => isChanged && text.trim() !== ''),
  );
  readonly isPartial = computed(() => this.filled().length < this.fillable().length);
  readonly isEstimated = computed(() => this.answer()?.preview.isEstimated ?? true);
  /** Of the rows whose cost is known and whose value is not in doubt. */
  readonly total = computed(() => {
    const sure = this.rows().filter(({ asksToConfirm, isConfirmed }) => !asksToConfirm || isConfirmed);
    return moneyText(sum(sure.map(({ cost }) => money(cost ?? '0.00'))));
  });

  constructor() {
    effect(() => {
      const [key, month] = [this.intake.key(), this.month()];
      const kept = key && month ? drafts.read(key, month) : undefined;
      untracked(() => this.start(kept?.values ?? {}, kept?.at));
    });
  }

  type(row: Row, text: string): void {
    const [key, month] = [this.intake.key(), this.month()];
    this.typed.update((typed) => ({ ...typed, [row.register.id]: text }));
    if (key && month) this.keptAt.set(drafts.keep(key, month, { ...this.typed() }).at);
  }

  /** What was typed does not count any more: the field shows what is sent. */
  forget(row: Row): void {
    const { [row.register.id]: _, ...others } = this.typed();
    this.typed.set(others);
    const [key, month] = [this.intake.key(), this.month()];
    if (key && month) drafts.keep(key, month, others);
  }

  leave(row: Row): void {
    this.left.update((left) => new Set([...left, row.register.id]));
  }

  confirm(row: Row): void {
    this.confirmed.update((confirmed) => ({ ...confirmed, [row.register.id]: row.text }));
  }

  /** What has to be corrected or confirmed before anything is sent. */
  check(): Row[] {
    this.left.set(new Set(this.fillable().map(({ register }) => register.id)));
    return this.fillable().filter(
      ({ problem, asksToConfirm, isConfirmed }) => problem || (asksToConfirm && !isConfirmed),
    );
  }

  /** Sends what was changed. True when it was taken. */
  async send(confirmPartial: boolean): Promise<boolean> {
    const [key, month, rows] = [this.intake.key(), this.month(), this.changed()];
    if (!key || !month || this.isSending()) return false;
    this.isSending.set(true);
    this.failure.set(undefined);
    this.general.set([]);
    try {
      const refusals = await this.intake.submit(
        key,
        rows.map((row) => this.inputOf(row)),
        confirmPartial,
      );
      if (refusals.length) this.refuse(refusals, rows);
      else drafts.drop(key, month);
      if (!refusals.length) this.start({}, undefined);
      return refusals.length === 0;
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
      return false;
    } finally {
      this.isSending.set(false);
    }
  }

  private start(values: Readonly<Record<string, string>>, keptAt: number | undefined): void {
    this.typed.set(values);
    this.keptAt.set(keptAt);
    this.left.set(new Set());
    this.confirmed.set({});
    this.refused.set({});
    this.general.set([]);
    this.failure.set(undefined);
  }

  private refuse(refusals: readonly RefusalData[], rows: readonly Row[]): void {
    const general: RefusalData[] = [];
    for (const refusal of refusals) {
      const at = refusal.path.indexOf('readings');
      const row = at < 0 ? undefined : rows[Number(refusal.path[at + 1])];
      if (!row) general.push(refusal);
      else this.refused.update((all) => ({ ...all, [row.register.id]: { text: row.text, refusal } }));
    }
    this.general.set(general);
  }

  /** The same value sent again after a lost answer is the same reading. */
  private inputOf({ register, value = '', isConfirmed }: Row): ReadingInput {
    const name = `${register.id} ${value}`;
    const clientKey = this.keys.get(name) ?? crypto.randomUUID();
    this.keys.set(name, clientKey);
    return { registerId: register.id, value, confirmUnusual: isConfirmed, clientKey };
  }

  private rowsWith(answer: Answer | undefined): Row[] {
    const meters = this.intake.data()?.meters ?? [];
    return meters.flatMap((meter) => meter.registers.map((register) => this.rowOf(meter, register, answer)));
  }

  private rowOf(meter: Meter, register: Register, answer: Answer | undefined): Row {
    const sent = register.current ? asTyped(register.current.value) : '';
    const text = this.typed()[register.id] ?? sent;
    const bare = rowState(register, text);
    const asked = answer?.values.get(register.id) === bare.value ? answer : undefined;
    const preview = asked?.preview.registers.find(({ registerId }) => registerId === register.id);
    const refusals = this.refusedOf(register.id, text);
    const isChanged = text.trim() !== sent;
    const told =
      preview || refusals.length
        ? { cost: null, warnings: [], ...preview, refusals: [...refusals, ...(preview?.refusals ?? [])] }
        : undefined;
    return {
      ...(told ? rowState(register, text, told) : bare),
      meter,
      register,
      text,
      isOpen: this.isOpen() && register.editable && !meter.refusal,
      isChanged,
      isConfirmed: !isChanged || this.confirmed()[register.id] === text,
      isLeft: this.left().has(register.id),
    };
  }

  /** What the API refused of exactly this text. */
  private refusedOf(id: string, text: string): RefusalData[] {
    const refused = this.refused()[id];
    return refused?.text === text ? [refused.refusal] : [];
  }
}

interface Answer {
  values: ReadonlyMap<string, string>;
  preview: Preview;
}
