import { showQuantity } from '@kvartal/words';
import type { MeterState, WholeMeterFragment } from '../../generated/graphql';
import type { FormField } from '../shell/filled-form';
import type { Say } from '../texts/say';

type Meter = WholeMeterFragment['meter'];

const STATES: readonly MeterState[] = [
  'BROKEN',
  'LOST',
  'UNVERIFIED',
  'VERIFIED',
  'IRRIGATION',
  'INDOORS',
  'WORKING',
  'REMOVED',
];
/** Those that may end on a day that is known already; a verification has to. */
const ENDING: ReadonlySet<MeterState> = new Set(['BROKEN', 'LOST', 'IRRIGATION', 'VERIFIED']);

export const stateOf = (text: string | undefined): MeterState =>
  STATES.find((one) => one === text) ?? 'BROKEN';

const documentField = (say: Say): FormField => ({
  name: 'document',
  label: say.text('tariffs.document'),
  hint: say.text('meters.documentHint'),
  type: 'text',
});

/** What was found out of a meter. */
export const stateFields = (say: Say, state: MeterState): FormField[] => [
  {
    name: 'state',
    label: say.text('meters.what'),
    type: 'choice',
    value: 'BROKEN',
    options: STATES.map((value) => ({ value, label: say.enum('MeterState', value) })),
  },
  { name: 'from', label: say.text('meters.from'), type: 'day' },
  ...(ENDING.has(state)
    ? [
        {
          name: 'to',
          label: say.text('meters.to'),
          hint: say.text(state === 'VERIFIED' ? 'meters.verifiedHint' : 'meters.toHint'),
          type: 'day' as const,
          isOptional: state !== 'VERIFIED',
        },
      ]
    : []),
  documentField(say),
];

/** A zone is named where there are several. */
const zoneOf = (say: Say, { registers }: Meter, place: number): string => {
  const zone = registers.length > 1 ? registers[place]?.zone : undefined;
  return zone ? ` (${say.enum('Zone', zone)})` : '';
};

/** A meter that takes the place of another. */
export const replacementFields = (say: Say, meter: Meter): FormField[] => [
  { name: 'on', label: say.text('meters.replacedOn'), type: 'day' },
  ...meter.registers.flatMap((register, place): FormField[] => [
    {
      name: `final${place}`,
      label: say.text('meters.final') + zoneOf(say, meter, place),
      hint: say.text('meters.finalHint'),
      type: 'number',
      isOptional: true,
    },
    {
      name: `initial${place}`,
      label: say.text('meters.initial') + zoneOf(say, meter, place),
      type: 'number',
      value: '0',
    },
  ]),
  { name: 'serial', label: say.text('meters.serial'), type: 'text' },
  {
    name: 'digits',
    label: say.text('meters.digits'),
    type: 'number',
    value: String(meter.registers[0]?.digits ?? 5),
  },
  {
    name: 'decimals',
    label: say.text('meters.decimals'),
    type: 'number',
    value: String(meter.registers[0]?.decimals ?? 3),
  },
  { name: 'verifiedTo', label: say.text('meters.verifiedTo'), type: 'day', isOptional: true },
  documentField(say),
];

/** «279,369 м³ на 23.10.2026»; empty where nothing was ever taken. */
export function lastReading(say: Say, { current, previous, unit }: Meter['registers'][number]): string {
  const reading = current ?? previous;
  if (!reading) return '';
  const value = showQuantity(reading.value, say.unit(unit));
  return say.text('meters.readOn', { value, day: say.date(reading.takenOn) });
}

/** A reading of a closed month as it should have been: of which register is asked where there are several. */
export const correctionFields = (say: Say, meter: Meter): FormField[] => [
  ...valueFields(say, meter, { hint: say.text('meters.takenOnHint'), label: say.text('meters.right') }),
  documentField(say),
];

/** A reading of the open month; whether an unusual one is right is asked once it was found unusual. */
export const readingFields = (say: Say, meter: Meter, isUnusual: boolean): FormField[] => [
  ...valueFields(say, meter, { hint: '', label: say.text('meters.value') }),
  ...(isUnusual
    ? [{ name: 'confirmUnusual', label: say.text('meters.isRight'), type: 'check' as const }]
    : []),
];

function valueFields(
  say: Say,
  { registers }: Meter,
  { hint, label }: { hint: string; label: string },
): FormField[] {
  const last = registers[0] && lastReading(say, registers[0]);
  return [
    ...(registers.length > 1 ? [registerField(say, registers)] : []),
    { name: 'takenOn', label: say.text('meters.takenOn'), hint, type: 'day' },
    {
      name: 'value',
      label,
      hint: last && registers.length === 1 ? say.text('meters.lastIs', { reading: last }) : '',
      type: 'number',
    },
  ];
}

const registerField = (say: Say, registers: Meter['registers']): FormField => ({
  name: 'registerId',
  label: say.text('meters.register'),
  type: 'choice',
  value: registers[0]?.id ?? '',
  options: registers.map((register) => ({
    value: register.id,
    label: [say.enum('Zone', register.zone), lastReading(say, register)].filter(Boolean).join(': '),
  })),
});
