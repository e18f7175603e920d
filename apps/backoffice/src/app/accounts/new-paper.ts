import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { ErrorSummary, Field, FieldInput } from '@kvartal/ui';
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
  imports: [ErrorSummary, Failure, Field, FieldInput],
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
    const has = (name: string) => this.value(name) === 'yes';
    const text = (name: string) => this.value(name).trim();
    const number = (name: string) => numberOf(this.value(name)) ?? null;
    const paper = {
      accountId: this.accountId(),
      clientKey: this.clientKey,
      document: text('document'),
      from: text('from'),
      to: text('to') || null,
    };
    if (kind === 'BENEFIT')
      return this.papers.recordBenefit({
        ...paper,
        serviceId: text('serviceId'),
        category: text('category'),
        percent: number('percent') ?? '',
        beneficiaries: number('beneficiaries'),
        withinNorm: has('withinNorm'),
      });
    const isMeasured = kind === 'HOT_WATER_TEMPERATURE';
    const slot = {
      temperature: number('temperature') ?? '',
      hours: number('hours') ?? '',
      night: has('night'),
    };
    return this.papers.recordAct({
      ...paper,
      kind,
      wholeHouse: this.fields().some(({ name }) => name === 'wholeHouse') && has('wholeHouse'),
      serviceId: kind === 'ABSENCE' ? null : text('serviceId'),
      people: number('people'),
      hours: isMeasured ? null : number('hours'),
      allowedHours: number('allowedHours'),
      degreeHours: number('degreeHours'),
      volume: number('volume'),
      coefficient: number('coefficient'),
      temperatures: isMeasured ? [slot] : null,
    });
  }
}
