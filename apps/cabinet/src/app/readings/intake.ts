import { inject, Service } from '@angular/core';
import { Api, isRefused, loaded, type RefusalData } from '@kvartal/api-client';
import {
  ChargePreviewDocument,
  type ChargePreviewQuery,
  DeleteReadingDocument,
  IntakeDocument,
  type IntakeQuery,
  type ReadingInput,
  SubmitReadingsDocument,
} from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import type { AccountKey } from '../accounts/kept-account';
import { HomeSummary } from '../home/home-summary';

type IntakeData = IntakeQuery['me']['account']['intake'];
export type Meter = IntakeData['meters'][number];
export type Register = Meter['registers'][number];
export type Preview = ChargePreviewQuery['me']['account']['chargePreview'];

/** A value as it is asked about or sent: the API's decimal. */
export interface Draft {
  registerId: string;
  value: string;
}

/** The meters of the chosen account and what is sent of them. */
@Service()
export class Intake {
  private readonly api = inject(Api);
  private readonly home = inject(HomeSummary);
  private readonly accounts = inject(Accounts);
  private readonly read = loaded(this.accounts.key, async (key, signal) => {
    const { me } = await this.api.query(IntakeDocument, key, signal);
    return me.account.intake;
  });

  readonly data = this.read.data;
  readonly failure = this.read.failure;
  readonly key = this.accounts.key;

  reload(): void {
    this.read.reload();
    this.home.reload();
  }

  /** What the drafts would cost, from the engine that closes the month. */
  async preview(key: AccountKey, readings: Draft[], signal: AbortSignal): Promise<Preview> {
    const { me } = await this.api.query(ChargePreviewDocument, { ...key, readings }, signal);
    return me.account.chargePreview;
  }

  /** Refusals name the reading by its place in `readings`. */
  async submit(
    key: AccountKey,
    readings: ReadingInput[],
    confirmPartial: boolean,
  ): Promise<readonly RefusalData[]> {
    const input = { ...key, readings, confirmPartial };
    const { submitReadings: result } = await this.api.mutate(SubmitReadingsDocument, { input });
    if (isRefused(result)) return result.refusals;
    this.reload();
    return [];
  }

  async remove(organizationId: string, id: string): Promise<readonly RefusalData[]> {
    const { deleteReading: result } = await this.api.mutate(DeleteReadingDocument, { organizationId, id });
    this.reload();
    return isRefused(result) ? result.refusals : [];
  }
}
