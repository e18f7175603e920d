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
export function termsFields(say: Say, stands: TermsDaysFragment | undefined, from: string): FormField[] {
  const asOthers = { value: '', label: say.text('terms.asOthers') };
  const choice = (
    name: Decided,
    value: string | null | undefined,
    options: FormField['options'],
  ): FormField => ({
    name,
    label: say.text(labelOf(name)),
    type: 'choice',
    isOptional: true,
    value: value ?? '',
    ...(options ? { options } : {}),
  });
  const capped = stands?.capByNorm == null ? '' : stands.capByNorm ? 'yes' : 'no';
  return [
    ...CHECKS.map((name): FormField => ({
      name,
      label: say.text(labelOf(name)),
      type: 'check',
      value: stands?.[name] ? 'yes' : '',
    })),
    choice('areaKind', stands?.areaKind, [
      { value: '', label: say.text('terms.areaByLaw') },
      ...AREAS.map((value) => ({ value, label: say.enum('AreaKind', value) })),
    ]),
    choice(
      'commonMode',
      stands?.commonMode ?? 'METER',
      MODES.map((value) => ({ value, label: say.enum('CommonMode', value) })),
    ),
    choice(
      'sharedBy',
      stands?.sharedBy ?? 'TOTAL_AREA',
      SHARES.map((value) => ({ value, label: say.enum('SharedBy', value) })),
    ),
    choice('capByNorm', capped, [
      asOthers,
      { value: 'yes', label: say.text('terms.yes') },
      { value: 'no', label: say.text('terms.no') },
    ]),
    choice('negativePolicy', stands?.negativePolicy, [
      asOthers,
      ...POLICIES.map((value) => ({ value, label: say.enum('NegativeCommonPolicy', value) })),
    ]),
    choice('trueUpMonth', stands?.trueUpMonth == null ? '' : String(stands.trueUpMonth), [
      { value: '', label: say.text('terms.never') },
      ...MONTHS.map((value) => ({ value, label: say.monthName(`2026-${value.padStart(2, '0')}`) })),
    ]),
    ...decided(say, from),
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
