import { computed, inject, Service, signal } from '@angular/core';
import { Api, isRefused, loaded } from '@kvartal/api-client';
import { ChargesDocument, type ChargesQuery, MonthsDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';

type Result = ChargesQuery['me']['account']['statement'];
export type Statement = Extract<Result, { __typename: 'Statement' }>;
export type Line = Statement['lines'][number];

/** The closed months of the chosen account, and the statement of one of them. */
@Service()
export class Charges {
  private readonly api = inject(Api);
  private readonly accounts = inject(Accounts);

  /** The month that the page asks for; the newest closed one when it asks for none. */
  readonly asked = signal<string | undefined>(undefined);

  private readonly known = loaded(this.accounts.key, async (key, signal) => {
    const { me } = await this.api.query(MonthsDocument, key, signal);
    return me.account;
  });
  readonly months = computed(() => this.known.data()?.months);
  /** What can be leafed through: the closed months, and the one that was asked for even where it is not closed. */
  readonly leaves = computed(() => {
    const [months, asked] = [this.months(), this.asked()];
    return months && asked ? [...new Set([...months, asked])] : months;
  });
  readonly toPay = computed(() => this.known.data()?.toPay);
  readonly month = computed(() => this.asked() ?? [...(this.months() ?? [])].sort().at(-1));

  private readonly read = loaded(
    () => {
      const [key, month] = [this.accounts.key(), this.month()];
      return key && month ? { ...key, month } : undefined;
    },
    async (variables, signal) => {
      const { me } = await this.api.query(ChargesDocument, variables, signal);
      return me.account.statement;
    },
  );
  readonly failure = computed(() => this.known.failure() ?? this.read.failure());
  readonly statement = computed(() => {
    const result = this.read.data();
    return result && !isRefused(result) ? result : undefined;
  });
  readonly refusals = computed(() => {
    const result = this.read.data();
    return result && isRefused(result) ? result.refusals : [];
  });
  readonly isEmpty = computed(() => this.months()?.length === 0 && this.asked() === undefined);
  readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');

  reload(): void {
    this.known.reload();
    this.read.reload();
  }
}
