import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { Session, failureOf, type ApiFailure } from '@kvartal/api-client';
import { Banner, Dialog, Empty, ErrorSummary, type FieldError, Skeleton } from '@kvartal/ui';
import { showMoney } from '@kvartal/words';
import { Accounts } from '../accounts/accounts';
import { PageTitle } from '../page-title';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { Intake } from './intake';
import { MeterSheet } from './meter-sheet';
import { ReadingForm, type Row } from './reading-form';
import { WindowStrip } from './window-strip';
import { windowText } from './window-text';

/** All meters of the account in one form: type, see what it comes to, send. */
@Component({
  selector: 'kv-readings-page',
  imports: [RouterLink, Banner, Dialog, Empty, ErrorSummary, Skeleton, FailureView, MeterSheet, WindowStrip],
  providers: [ReadingForm],
  templateUrl: './readings-page.html',
  styleUrl: './readings-page.scss',
})
export class ReadingsPage {
  private readonly session = inject(Session);
  private readonly accounts = inject(Accounts);
  private readonly title = inject(PageTitle);
  private readonly injector = inject(Injector);
  protected readonly intake = inject(Intake);
  protected readonly form = inject(ReadingForm);
  protected readonly say = inject(Say);

  protected readonly problems = linkedSignal<unknown, readonly FieldError[]>({
    source: this.intake.key,
    computation: () => [],
  });
  /** What was sent of this account; another account starts anew. */
  protected readonly isDone = linkedSignal({ source: this.intake.key, computation: () => false });
  protected readonly asksPartial = signal(false);
  protected readonly removing = signal<Row | undefined>(undefined);
  protected readonly removeFailure = signal<ApiFailure | undefined>(undefined);
  private confirmed = false;
  private readonly done = viewChild<ElementRef<HTMLElement>>('done');

  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly window = computed(() => this.intake.data()?.window);
  protected readonly heading = computed(() => {
    const month = this.window()?.month;
    return month
      ? this.say.text('readings.heading', { month: this.say.monthName(month) })
      : this.say.text('title.readings');
  });
  protected readonly windowText = computed(() => {
    const window = this.window();
    return window ? windowText(window, this.session.today(), this.say) : '';
  });
  protected readonly meters = computed(() => {
    const rows = this.form.rows();
    return (
      this.intake
        .data()
        ?.meters.map((meter) => ({ meter, rows: rows.filter((row) => row.meter.id === meter.id) })) ?? []
    );
  });
  protected readonly total = computed(() => showMoney(this.form.total(), this.currency()));
  protected readonly keptAt = computed(() => {
    const at = this.form.keptAt();
    return at === undefined ? '' : this.say.text('readings.kept', { time: this.say.time(at) });
  });
  protected readonly sendReason = computed(() =>
    this.form.changed().length ? '' : this.say.text('readings.nothingToSend'),
  );

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    this.isDone.set(false);
    if (this.form.changed().length === 0) return;
    const toFix = this.form.check();
    this.show(toFix.map((row) => this.problemOf(row)));
    if (toFix.length > 0) return;
    if (this.form.isPartial()) this.asksPartial.set(true);
    else await this.submit(false);
  }

  /** The same sending once more, after it got no answer. */
  protected again(): Promise<void> {
    return this.submit(this.confirmed);
  }

  protected async submit(confirmPartial: boolean): Promise<void> {
    this.asksPartial.set(false);
    this.confirmed = confirmPartial;
    const taken = await this.form.send(confirmPartial);
    if (taken) return this.celebrate();
    if (this.form.general().some(({ code }) => code === 'READING_PARTIAL')) return this.asksPartial.set(true);
    const general = this.form.general().map(({ code, params }) => ({ text: this.say.refusal(code, params) }));
    this.show([...general, ...this.form.check().map((row) => this.problemOf(row))]);
  }

  protected async remove(): Promise<void> {
    const row = this.removing();
    const key = this.intake.key();
    this.removing.set(undefined);
    if (!row?.register.current || !key) return;
    try {
      const refusals = await this.intake.remove(key.organizationId, row.register.current.id);
      this.form.forget(row);
      this.isDone.set(false);
      this.show(refusals.map(({ code, params }) => ({ text: this.say.refusal(code, params) })));
    } catch (thrown) {
      this.removeFailure.set(failureOf(thrown));
    }
  }

  private celebrate(): void {
    this.show([]);
    this.isDone.set(true);
    afterNextRender(() => this.done()?.nativeElement.focus(), { injector: this.injector });
  }

  private show(problems: readonly FieldError[]): void {
    this.problems.set(problems);
    this.title.mark(problems.length > 0);
  }

  /** The meter by name, then what is wrong: in the summary a sentence alone would not say where. */
  private problemOf({ meter, register, problem, warning }: Row): FieldError {
    const refusal = problem ?? warning;
    const text = refusal ? this.say.refusal(refusal.code, refusal.params) : '';
    return { name: `reading-${register.id}`, text: `${this.say.meter(meter, register.zone)}: ${text}` };
  }
}
