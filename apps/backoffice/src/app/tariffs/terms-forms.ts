import type {
  AreaKind,
  CommonMode,
  NegativeCommonPolicy,
  SetServiceTermsMutationVariables,
  SharedBy,
  TermsDaysFragment,
} from '../../generated/graphql';
import type { Filled, FormField } from '../shell/filled-form';
import type { Say, TextKey } from '../texts/say';

/** What may be decided with a yes, in the order of the form. */
export const CHECKS = [
  'wholeMonths',
  'chargesOwners',
  'takesShare',
  'redistributes',
  'raisesNorm',
] as const satisfies readonly (keyof TermsDaysFragment)[];
type Decided =
  | (typeof CHECKS)[number]
  | 'areaKind'
  | 'commonMode'
  | 'sharedBy'
  | 'capByNorm'
  | 'negativePolicy'
  | 'trueUpMonth';
const AREAS: readonly AreaKind[] = ['TOTAL', 'HEATED'];
const MODES: readonly CommonMode[] = ['METER', 'NORM', 'AVERAGE'];
const SHARES: readonly SharedBy[] = ['TOTAL_AREA', 'HEATED_AREA', 'PEOPLE'];
const POLICIES: readonly NegativeCommonPolicy[] = ['CARRY', 'ZERO', 'DISTRIBUTE'];
const MONTHS = Array.from({ length: 12 }, (_, place) => String(place + 1));

const chosen = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((one) => one === text);

/** The first day of a change, and the document that decides it. */
const decided = (say: Say, from: string): FormField[] => [
  {
    name: 'from',
    label: say.text('tariffs.fromDay'),
    hint: say.text('tariffs.fromHint', { date: say.date(from) }),
    type: 'day',
  },
  {
    name: 'document',
    label: say.text('tariffs.document'),
    hint: say.text('tariffs.documentHint'),
    type: 'text',
  },
];

/** All that is decided of a service, filled in with what stands. */
export const termsFields = (say: Say, stands: TermsDaysFragment | undefined, from: string): FormField[] => [
  ...CHECKS.map((name): FormField => ({
    name,
    label: say.text(labelOf(name)),
    type: 'check',
    value: stands?.[name] ? 'yes' : '',
  })),
  ...chargingFields(say, stands),
  ...commonFields(say, stands),
  ...decided(say, from),
];

type Options = NonNullable<FormField['options']>;
const choice = (say: Say, name: Decided, value: string, options: Options): FormField => ({
  name,
  label: say.text(labelOf(name)),
  type: 'choice',
  isOptional: true,
  value,
  options,
});

/** Which area counts, and when the year is settled. */
const chargingFields = (say: Say, stands: TermsDaysFragment | undefined): FormField[] => [
  choice(say, 'areaKind', stands?.areaKind ?? '', [
    { value: '', label: say.text('terms.areaByLaw') },
    ...AREAS.map((value) => ({ value, label: say.enum('AreaKind', value) })),
  ]),
  choice(say, 'trueUpMonth', stands?.trueUpMonth == null ? '' : String(stands.trueUpMonth), [
    { value: '', label: say.text('terms.never') },
    ...MONTHS.map((value) => ({ value, label: say.monthName(`2026-${value.padStart(2, '0')}`) })),
  ]),
];

/** How what a house uses in common is found and shared. */
function commonFields(say: Say, stands: TermsDaysFragment | undefined): FormField[] {
  const asOthers = { value: '', label: say.text('terms.asOthers') };
  const capped = stands?.capByNorm == null ? '' : stands.capByNorm ? 'yes' : 'no';
  const modes = MODES.map((value) => ({ value, label: say.enum('CommonMode', value) }));
  const shares = SHARES.map((value) => ({ value, label: say.enum('SharedBy', value) }));
  return [
    choice(say, 'commonMode', stands?.commonMode ?? 'METER', modes),
    choice(say, 'sharedBy', stands?.sharedBy ?? 'TOTAL_AREA', shares),
    choice(say, 'capByNorm', capped, [
      asOthers,
      { value: 'yes', label: say.text('terms.yes') },
      { value: 'no', label: say.text('terms.no') },
    ]),
    choice(say, 'negativePolicy', stands?.negativePolicy ?? '', [
      asOthers,
      ...POLICIES.map((value) => ({ value, label: say.enum('NegativeCommonPolicy', value) })),
    ]),
  ];
}

export const labelOf = (name: Decided): TextKey => `terms.${name}`;

/** What was filled in, in the API's form. */
export function termsOf(
  filled: Filled,
): Omit<SetServiceTermsMutationVariables['input'], 'organizationId' | 'serviceId' | 'clientKey' | 'seen'> {
  const is = (name: string): boolean => filled[name] === 'yes';
  return {
    wholeMonths: is('wholeMonths'),
    chargesOwners: is('chargesOwners'),
    takesShare: is('takesShare'),
    redistributes: is('redistributes'),
    raisesNorm: is('raisesNorm'),
    areaKind: chosen(AREAS, filled['areaKind']) ?? null,
    commonMode: chosen(MODES, filled['commonMode']) ?? 'METER',
    sharedBy: chosen(SHARES, filled['sharedBy']) ?? 'TOTAL_AREA',
    capByNorm: filled['capByNorm'] ? is('capByNorm') : null,
    negativePolicy: chosen(POLICIES, filled['negativePolicy']) ?? null,
    trueUpMonth: filled['trueUpMonth'] ? Number(filled['trueUpMonth']) : null,
    from: filled['from'] ?? '',
    document: filled['document'] ?? '',
  };
}

/** When the heating of all houses is on. */
export const seasonFields = (say: Say, from: string): FormField[] => {
  const [first, document] = decided(say, from);
  return [
    ...(first ? [{ ...first, label: say.text('terms.seasonFrom') }] : []),
    {
      name: 'to',
      label: say.text('terms.seasonTo'),
      hint: say.text('terms.seasonToHint'),
      type: 'day',
      isOptional: true,
    },
    ...(document ? [document] : []),
  ];
};
