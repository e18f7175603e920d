import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { isCivilDate } from '@kvartal/domain';
import { DateBox, ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { inForce, nextAfter, shownLegal, typedValue } from './dated';
import { type NewValue, type Subject, Tariffs } from './tariffs';

interface Wrong {
  name?: string;
  text: string;
}

/** A new value from a day on, with the document that sets it. */
@Component({
  selector: 'kv-new-value-form',
  imports: [DateBox, ErrorSummary, Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './new-value-form.html',
})
export class NewValueForm {
  protected readonly tariffs = inject(Tariffs);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly subject = input.required<Subject>();
  readonly changesFrom = input.required<string>();
  readonly made = output();
  readonly canceled = output();

  protected readonly value = signal('');
  protected readonly above = signal<readonly string[]>([]);
  protected readonly from = signal('');
  protected readonly document = signal('');
  protected readonly wrong = signal<readonly Wrong[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;
  private readonly clientKey = crypto.randomUUID();

  /** The day on which it is to begin, today until one was typed; and what stands on it. */
  private readonly day = computed(() => (isCivilDate(this.from()) ? this.from() : this.staff.today()));
  protected readonly follows = computed(() => inForce(this.subject().values, this.day()));
  protected readonly until = computed(() => {
    const ends = this.follows()?.to;
    const next = nextAfter(this.subject().values, this.day())?.from;
    return next && isCivilDate(this.from()) ? (ends ?? next) && next : undefined;
  });
  protected readonly steps = computed(() =>
    (this.follows()?.plan?.steps ?? []).filter(({ price }) => price !== null),
  );
  protected readonly unit = computed(() => {
    const of = this.subject();
    if (of.is === 'price') return `${currencySign(this.staff.currency())}/${this.say.unit(of.unit)}`;
    if (of.is === 'norm') return of.kind === 'HEATING_MONTHS' ? '' : this.say.unit(of.unit);
    return of.unit === 'SHARE' ? '%' : '';
  });

  protected errorOf(name: string): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected setAbove(place: number, text: string): void {
    this.above.update((typed) => this.steps().map((_, at) => (at === place ? text : (typed[at] ?? ''))));
  }

  protected shownNow(): string {
    const stands = this.follows();
    return stands ? this.tariffs.shown(this.subject(), stands.value) : '—';
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    const filled = this.isBusy() ? undefined : this.filled();
    if (filled) await this.acting.run(() => this.send(filled));
  }

  private filled(): NewValue | undefined {
    const of = this.subject();
    const unit = of.is === 'law' ? of.unit : 'NUMBER';
    const value = typedValue(this.value(), unit);
    const above = this.steps().map((_, place) => typedValue(this.above()[place] ?? ''));
    const from = isCivilDate(this.from()) ? this.from() : undefined;
    const wrong: Wrong[] = [];
    if (value === undefined) wrong.push({ name: 'value', text: this.say.text('tariffs.noValue') });
    above.forEach((one, place) => {
      if (one === undefined) wrong.push({ name: `above${place}`, text: this.say.text('tariffs.noValue') });
    });
    if (from === undefined) wrong.push({ name: 'from', text: this.say.text('tariffs.noDay') });
    if (!this.document().trim()) wrong.push({ name: 'document', text: this.say.text('tariffs.noDocument') });
    this.wrong.set(wrong);
    if (wrong.length || value === undefined || from === undefined) return undefined;
    const priced = above.flatMap((one) => one ?? []);
    return { value, above: priced, from, document: this.document().trim(), clientKey: this.clientKey };
  }

  private async send(filled: NewValue): Promise<void> {
    const refusals = await this.tariffs.set(this.subject(), filled, this.follows());
    if (!refusals.length) {
      this.made.emit();
      return;
    }
    this.wrong.set(
      refusals.map(({ code, path, params }) => ({
        name: path.includes('from')
          ? 'from'
          : path.includes('document')
            ? 'document'
            : path.includes('price') || path.includes('value') || path.includes('plan')
              ? 'value'
              : undefined,
        text: this.say.refusal(code, this.inUnits(code, params)),
      })),
    );
  }

  /** Bounds of a share are told in per cents, as it was typed. */
  private inUnits(code: string, params: readonly { name: string; value: string }[]) {
    const of = this.subject();
    if (code !== 'NUMBER_OUT_OF_RANGE' || of.is !== 'law') return params;
    return params.map(({ name, value }) => ({ name, value: shownLegal(value, of.unit) }));
  }
}
