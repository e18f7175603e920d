import { computed, inject, signal } from '@angular/core';
import { type FieldTree, isFieldTree, submit, type ValidationError } from '@angular/forms/signals';
import { type ApiFailure, failureOf, fieldRefusals, type RefusalData } from '@kvartal/api-client';
import type { FieldError } from '@kvartal/ui';
import { PageTitle } from '../page-title';
import { Say } from '../texts/say';

/** What the API answered to a form: refusals, or nothing when it was done. */
export type Outcome = readonly RefusalData[] | undefined;

/**
 * Sends a form: checks it, asks the API, and puts each refusal at its field. The summary is made when the form is sent
 * and stays until it is sent again, so that it never takes the focus from someone who is correcting. Call in an
 * injection context.
 */
export class Sending<T extends object> {
  private readonly say = inject(Say);
  private readonly title = inject(PageTitle);
  private readonly list = signal<readonly FieldError[]>([]);
  private readonly broken = signal<ApiFailure | undefined>(undefined);

  readonly problems = this.list.asReadonly();
  readonly failure = this.broken.asReadonly();
  readonly busy = computed(() => this.form().submitting());
  readonly heading = computed(() => {
    const fields = this.list().filter(({ name }) => name).length;
    return fields ? this.say.text('form.fix', { count: fields }) : this.say.text('form.refused');
  });

  constructor(
    private readonly form: FieldTree<T>,
    private readonly ask: () => Promise<Outcome>,
  ) {}

  /** Whether it was done. */
  async send(): Promise<boolean> {
    this.broken.set(undefined);
    const done = await submit(this.form, { action: () => this.act(), onInvalid: () => undefined });
    this.list.set(
      this.form()
        .errorSummary()
        .map((error) => this.problemOf(error)),
    );
    this.title.mark(this.list().length > 0);
    return done && !this.broken();
  }

  /** What is wrong in a field that the person has left, or sent. */
  errorOf(field: FieldTree<unknown>): string {
    const state = field();
    return state.touched() ? (state.errors()[0]?.message ?? '') : '';
  }

  private async act(): Promise<ValidationError.WithOptionalFieldTree[]> {
    try {
      const refusals = (await this.ask()) ?? [];
      return fieldRefusals(refusals, (code, params) => this.say.refusal(code, params)).map(
        ({ code, field, text }) => ({
          kind: code,
          message: text,
          fieldTree: this.fieldOf(field) ?? this.form,
        }),
      );
    } catch (thrown) {
      this.broken.set(failureOf(thrown));
      return [];
    }
  }

  private fieldOf(path: string): FieldTree<unknown> | undefined {
    const field: unknown = Reflect.get(this.form, path.split('.')[0] ?? '');
    return isFieldTree(field) ? field : undefined;
  }

  private problemOf({ fieldTree, message = '' }: ValidationError.WithFieldTree): FieldError {
    const isForm = Object.is(fieldTree, this.form);
    return isForm ? { text: message } : { name: String(fieldTree().keyInParent()), text: message };
  }
}
