import { readDecimal } from '@kvartal/domain';
import type { WhatIfBaseQuery, WhatIfInput } from '../../generated/graphql';

export type Base = NonNullable<WhatIfBaseQuery['me']['account']['whatIfBase']>;

/** What was typed, by the name of the field. */
export type Typed = Readonly<Record<string, string>>;

export const RESIDENTS = 'residents';
export const NIGHT = 'night-percent';
export const registerField = ({ registerId }: { registerId: string }): string => `register-${registerId}`;
export const meterField = ({ resource, zone }: { resource: string; zone: string }): string =>
  `meter-${resource}-${zone}`;

/** The number in a field, or undefined where it is none, or below nothing. */
function numberIn(text: string): string | undefined {
  const read = readDecimal(text);
  return read === undefined || read.startsWith('-') ? undefined : read;
}

/** Fields that hold something else than a number. */
export const wrongFields = (typed: Typed): string[] =>
  Object.entries(typed).flatMap(([name, text]) =>
    text.trim() !== '' && numberIn(text) === undefined ? [name] : [],
  );

/** What differs from the month as it was; an empty field changes nothing. */
export function changeOf(base: Base, typed: Typed): WhatIfInput {
  const valueOf = (name: string): string | undefined => numberIn(typed[name] ?? '');
  return {
    residents: valueOf(RESIDENTS) ?? null,
    volumes: base.registers.flatMap((register) => {
      const volume = valueOf(registerField(register));
      return volume === undefined ? [] : [{ registerId: register.registerId, volume }];
    }),
    meters: base.unmetered.flatMap((one) => {
      const volume = valueOf(meterField(one));
      return volume === undefined ? [] : [{ resource: one.resource, zone: one.zone, volume }];
    }),
    nightPercent: valueOf(NIGHT) ?? null,
  };
}
