import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { isCivilDate } from '@kvartal/domain';
import { DateBox, ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import type { PapersFragment } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { Say } from '../texts/say';
import { fieldsOf, numberOf, PAPER_KINDS, type PaperField, type PaperKind } from './paper-fields';
import { Papers, type RecordedPaper } from './papers';

interface Wrong {
  name?: string;
  text: string;
}

/** A new act or benefit: which fields it has depends on its kind. What was typed stays until it was entered. */
@Component({
  selector: 'kv-new-paper',
  imports: [DateBox, ErrorSummary, Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './new-paper.html',
})
export class NewPaper {
  private readonly papers = inject(Papers);
  protected readonly say = inject(Say);
  protected readonly kinds = PAPER_KINDS;
  readonly accountId = input.required<string>();
  readonly services = input.required<readonly { serviceId: string; name: string }[]>();
  readonly recorded = output<PapersFragment>();
  readonly canceled = output();

  protected readonly kind = signal<PaperKind>('ABSENCE');
  protected readonly fields = computed(() => fieldsOf(this.kind()));
  private readonly typed = signal<Readonly<Record<string, string>>>({});
  private readonly tried = signal<readonly Wrong[]>([]);
  protected readonly wrong = this.tried.asReadonly();
  private readonly clientKey = crypto.randomUUID();
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;

  protected choose(kind: string): void {
    this.kind.set(PAPER_KINDS.find((one) => one === kind) ?? 'ABSENCE');
    this.tried.set([]);
  }

  protected value(name: string): string {
    return this.typed()[name] ?? '';
  }

  protected write(name: string, value: string): void {
    this.typed.update((typed) => ({ ...typed, [name]: value }));
  }

  protected errorOf(name: string): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!this.isBusy() && this.isFilled()) await this.acting.run(() => this.send());
  }

  private isFilled(): boolean {
    const wrong = this.fields().flatMap((field) => this.wrongIn(field));
    this.tried.set(wrong);
    return wrong.length === 0;
  }

  private wrongIn({ name, type, isOptional }: PaperField): Wrong[] {
    const value = this.value(name).trim();
    if (!value) return isOptional ? [] : [{ name, text: this.say.refusal('REQUIRED', []) }];
    if (type === 'date' && !isCivilDate(value)) return [{ name, text: this.say.text('tariffs.noDay') }];
    if (type !== 'number' || numberOf(value)) return [];
    return [{ name, text: this.say.text('papers.notNumber') }];
  }

  private async send(): Promise<void> {
    const answer = await this.ask();
    if (answer.__typename === 'AccountPapers') {
      this.recorded.emit(answer);
      return;
    }
    const names = this.fields().map(({ name }) => name);
    this.tried.set(
      answer.refusals.map(({ code, path, params }) => {
        const name = names.find((one) => path.includes(one));
        return { ...(name ? { name } : {}), text: this.say.refusal(code, params) };
      }),
    );
  }

  private ask(): Promise<RecordedPaper> {
    const kind = this.kind();
    const paper = {
      accountId: this.accountId(),
      clientKey: this.clientKey,
      document: this.text('document'),
      from: this.text('from'),
      to: this.text('to') || null,
    };
    if (kind !== 'BENEFIT') return this.papers.recordAct({ ...paper, kind, ...this.numbersOf(kind) });
    return this.papers.recordBenefit({
      ...paper,
      serviceId: this.text('serviceId'),
      category: this.text('category'),
      percent: this.number('percent') ?? '',
      beneficiaries: this.number('beneficiaries'),
      withinNorm: this.has('withinNorm'),
    });
  }

  /** What an act says: of its fields those that its kind has. */
  private numbersOf(kind: PaperKind) {
    const isMeasured = kind === 'HOT_WATER_TEMPERATURE';
    const [temperature, hours] = [this.number('temperature') ?? '', this.number('hours')];
    return {
      wholeHouse: this.fields().some(({ name }) => name === 'wholeHouse') && this.has('wholeHouse'),
      serviceId: kind === 'ABSENCE' ? null : this.text('serviceId'),
      people: this.number('people'),
      hours: isMeasured ? null : hours,
      allowedHours: this.number('allowedHours'),
      degreeHours: this.number('degreeHours'),
      volume: this.number('volume'),
      coefficient: this.number('coefficient'),
      temperatures: isMeasured ? [{ temperature, hours: hours ?? '', night: this.has('night') }] : null,
    };
  }

  private has(name: string): boolean {
    return this.value(name) === 'yes';
  }

  private text(name: string): string {
    return this.value(name).trim();
  }

  private number(name: string): string | null {
    return numberOf(this.value(name)) ?? null;
  }
}
