import {
  ChangeDetectionStrategy,
  Component,
  computed,
  input,
  linkedSignal,
  output,
  signal,
  inject,
} from '@angular/core';
import type { RefusalData } from '@kvartal/api-client';
import { isCivilDate } from '@kvartal/domain';
import { DateBox, ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { Say } from '../texts/say';
import { Acting } from './acting';
import { Failure } from './failure';

/** A field of a form. Its name is the one that the API refuses by. */
export interface FormField {
  name: string;
  label: string;
  type: 'text' | 'number' | 'day' | 'check' | 'choice';
  hint?: string;
  isOptional?: boolean;
  /** What stands there before anything is typed; 'yes' of a check that is set. */
  value?: string;
  /** Of a choice. */
  options?: readonly { value: string; label: string }[];
}

/** What was filled in: days and numbers in the API's form, 'yes' or '' of checks, '' of what was left empty. */
export type Filled = Readonly<Record<string, string>>;
/** Asks the API; answers why it was refused, if it was. */
export type Send = (filled: Filled, clientKey: string) => Promise<readonly RefusalData[]>;

interface Wrong {
  name?: string;
  text: string;
}

const PLAIN_NUMBER = /^-?\d{1,12}([.,]\d{1,8})?$/;
const plainNumber = (typed: string): string => typed.replace(/[\s\u00a0]/g, '').replace(',', '.');

/**
 * A form of dated or numbered fields with one thing to do: checks what was typed, sends it under a key of its own, and
 * says at each field why it was refused. What was typed stays until it was taken.
 */
@Component({
  selector: 'kv-filled-form',
  imports: [DateBox, ErrorSummary, Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './filled-form.html',
})
export class FilledForm {
  protected readonly say = inject(Say);
  readonly fields = input.required<readonly FormField[]>();
  readonly action = input.required<string>();
  readonly isDanger = input(false);
  readonly send = input.required<Send>();
  readonly made = output();
  readonly canceled = output();
  /** What is filled in so far, as it was typed. */
  readonly typing = output<Filled>();

  private readonly typed = signal<Filled>({});
  protected readonly wrong = linkedSignal<readonly FormField[], readonly Wrong[]>({
    source: this.fields,
    computation: (fields, before) =>
      (before?.value ?? []).filter(({ name }) => !name || fields.some((field) => field.name === name)),
  });
  /** The same above the form, where each has to say which field it is about. */
  protected readonly summary = computed(() =>
    this.wrong().map(({ name, text }) => {
      const label = this.fields().find((field) => field.name === name)?.label;
      const said = label ? `${label}: ${text.slice(0, 1).toLowerCase()}${text.slice(1)}` : text;
      return { ...(name ? { name } : {}), text: said };
    }),
  );
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;
  private clientKey = crypto.randomUUID();
  private readonly values = computed<Filled>(() =>
    Object.fromEntries(this.fields().map(({ name, value = '' }) => [name, this.typed()[name] ?? value])),
  );

  protected value(name: string): string {
    return this.values()[name] ?? '';
  }

  protected write(name: string, value: string): void {
    this.typed.update((typed) => ({ ...typed, [name]: value }));
    this.typing.emit(this.values());
  }

  protected errorOf(name: string): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.isBusy()) return;
    const wrong = this.fields().flatMap((field) => this.wrongIn(field));
    this.wrong.set(wrong);
    if (!wrong.length) await this.acting.run(() => this.ask());
  }

  private wrongIn({ name, type, isOptional }: FormField): Wrong[] {
    const value = this.value(name).trim();
    if (type === 'check') return [];
    if (!value) return isOptional ? [] : [{ name, text: this.say.refusal('REQUIRED', []) }];
    if (type === 'day' && !isCivilDate(value)) return [{ name, text: this.say.text('tariffs.noDay') }];
    if (type !== 'number' || PLAIN_NUMBER.test(plainNumber(value))) return [];
    return [{ name, text: this.say.text('papers.notNumber') }];
  }

  private async ask(): Promise<void> {
    const filled = this.fields().map(({ name, type }) => {
      const value = this.value(name).trim();
      return [name, type === 'number' ? plainNumber(value) : value];
    });
    const refusals = await this.send()(Object.fromEntries(filled), this.clientKey);
    if (!refusals.length) {
      this.made.emit();
      return;
    }
    // what is sent next says something else, so it has a key of its own
    this.clientKey = crypto.randomUUID();
    const names = this.fields().map(({ name }) => name);
    this.wrong.set(
      refusals.map(({ code, path, params }) => {
        const name = names.find((one) => path.includes(one));
        return { ...(name ? { name } : {}), text: this.say.refusal(code, params) };
      }),
    );
  }
}
