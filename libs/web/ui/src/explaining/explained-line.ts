import type { EnumValue } from '@kvartal/words';

/** The record that a number comes from, as the contract gives it. */
export interface ExplainedOrigin {
  readonly kind: EnumValue<'OriginKind'>;
  readonly document: string;
  readonly service: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly recordedAt: string | null;
  readonly author: string | null;
  readonly takenOn: string | null;
  readonly value: string | null;
  readonly source: EnumValue<'ReadingSource'> | null;
  readonly resource: EnumValue<'Resource'> | null;
  readonly zone: EnumValue<'Zone'> | null;
  readonly place: string | null;
  readonly serial: string | null;
}

export interface ExplainedNumber {
  readonly name: EnumValue<'ChargeInput'>;
  readonly value: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly origins: readonly ExplainedOrigin[];
}

export interface ExplainedPart {
  readonly from: string;
  readonly to: string;
  readonly expression: string;
  readonly exact: string;
  readonly amount: string;
  readonly tariff: ExplainedOrigin | null;
}

/** How a line was charged: what `kv-explanation` shows. */
export interface ExplainedLine {
  readonly unit: string;
  readonly method: EnumValue<'Method'>;
  readonly rule: { readonly law: string | null };
  readonly quantity: string;
  readonly charged: string;
  readonly inputs: readonly ExplainedNumber[];
  readonly segments: readonly ExplainedPart[];
  readonly additions: readonly {
    readonly kind: EnumValue<'ChargeAddition'>;
    readonly amount: string;
    readonly expression: string | null;
    readonly origin: ExplainedOrigin | null;
    readonly law: ExplainedOrigin | null;
  }[];
  readonly movements: readonly {
    readonly kind: EnumValue<'LineMovementKind'>;
    readonly amount: string;
    readonly on: string;
    readonly forMonth: string | null;
    readonly document: string;
    readonly recordedAt: string;
    readonly author: string | null;
  }[];
  readonly lots: readonly {
    readonly due: string;
    readonly principal: string;
    readonly accrued: string;
    readonly amount: string;
    readonly parts: readonly { readonly from: string; readonly to: string; readonly expression: string }[];
  }[];
}
