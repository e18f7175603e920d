import type { DebtGroup, PenaltyPayer, WholePenaltiesFragment } from '../../generated/graphql';
import type { Filled, FormField } from '../shell/filled-form';
import type { Say } from '../texts/say';

export type Schedule = WholePenaltiesFragment['schedules'][number];
export type Moratorium = WholePenaltiesFragment['moratoria'][number];

const LEAST_ROWS = 3;
export const PAYERS: readonly PenaltyPayer[] = ['PERSON', 'LEGAL'];
export const GROUPS: readonly DebtGroup[] = ['HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'OTHER'];
export const payerOf = (text: string | undefined): PenaltyPayer | undefined =>
  PAYERS.find((one) => one === text);
export const groupOf = (text: string | undefined): DebtGroup | undefined =>
  GROUPS.find((one) => one === text);

/** How many bands the form has room for. */
const rowsFor = (stands: Schedule | undefined): number =>
  Math.max(LEAST_ROWS, (stands?.bands.length ?? 0) + 1);

/** «1/300» */
const SHARE = /^\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*$/;

/** What was typed as bands; undefined where a share is none, or a day is typed without one. */
export function bandsOf(filled: Filled) {
  const bands: { fromDay: number; numerator: number; denominator: number }[] = [];
  for (let place = 0; `day${place}` in filled; place += 1) {
    const [day, share] = [filled[`day${place}`] ?? '', filled[`share${place}`] ?? ''];
    if (!day && !share) continue;
    const [, numerator, denominator] = SHARE.exec(share) ?? [];
    if (!/^\d{1,5}$/.test(day) || numerator === undefined || denominator === undefined) return undefined;
    bands.push({ fromDay: Number(day), numerator: Number(numerator), denominator: Number(denominator) });
  }
  return bands;
}

/** A new schedule, filled in with what stands. */
export function scheduleFields(say: Say, stands: Schedule | undefined, from: string): FormField[] {
  const bands = Array.from({ length: rowsFor(stands) }, (_, place): FormField[] => {
    const band = stands?.bands[place];
    const number = place + 1;
    return [
      {
        name: `day${place}`,
        label: say.text('penalties.bandDay', { number }),
        type: 'number',
        isOptional: place > 0,
        value: band ? String(band.fromDay) : '',
      },
      {
        name: `share${place}`,
        label: say.text('penalties.bandShare', { number }),
        hint: place ? '' : say.text('penalties.shareHint'),
        type: 'text',
        isOptional: place > 0,
        value: band ? `${band.numerator}/${band.denominator}` : '',
      },
    ];
  }).flat();
  return [
    ...bands,
    check('isCapped', say.text('penalties.isCapped'), stands?.isCapped),
    check('upToPrincipal', say.text('penalties.upToPrincipal'), stands?.upToPrincipal),
    {
      name: 'from',
      label: say.text('penalties.dueFrom'),
      hint: say.text('tariffs.fromHint', { date: say.date(from) }),
      type: 'day',
    },
    documentField(say, say.text('penalties.contractHint')),
  ];
}

/** Days on which nothing accrues. */
export const moratoriumFields = (say: Say, from: string): FormField[] => [
  {
    name: 'accountNumber',
    label: say.text('penalties.oneAccount'),
    hint: say.text('penalties.oneAccountHint'),
    type: 'text',
    isOptional: true,
  },
  {
    name: 'payer',
    label: say.text('penalties.payer'),
    type: 'choice',
    isOptional: true,
    options: [
      { value: '', label: say.text('penalties.allPayers') },
      ...PAYERS.map((value) => ({ value, label: say.enum('PenaltyPayer', value) })),
    ],
  },
  {
    name: 'group',
    label: say.text('penalties.group'),
    type: 'choice',
    isOptional: true,
    options: [
      { value: '', label: say.text('penalties.allDebts') },
      ...GROUPS.map((value) => ({ value, label: say.enum('DebtGroup', value) })),
    ],
  },
  {
    name: 'from',
    label: say.text('penalties.firstDay'),
    hint: say.text('tariffs.fromHint', { date: say.date(from) }),
    type: 'day',
  },
  { name: 'to', label: say.text('penalties.lastDay'), type: 'day', isOptional: true },
  documentField(say, say.text('penalties.moratoriumHint')),
];

/** How payments are split. */
export const allocationFields = (say: Say, mode: string, from: string): FormField[] => [
  {
    name: 'mode',
    label: say.text('penalties.mode'),
    type: 'choice',
    value: mode,
    options: (['PROPORTIONAL', 'FIFO', 'PRIORITY'] as const).map((value) => ({
      value,
      label: say.enum('AllocationMode', value),
    })),
  },
  {
    name: 'from',
    label: say.text('tariffs.fromDay'),
    hint: say.text('tariffs.fromHint', { date: say.date(from) }),
    type: 'day',
  },
  documentField(say, say.text('tariffs.documentHint')),
];

const check = (name: string, label: string, isSet: boolean | undefined): FormField => ({
  name,
  label,
  type: 'check',
  value: isSet ? 'yes' : '',
});

const documentField = (say: Say, hint: string): FormField => ({
  name: 'document',
  label: say.text('tariffs.document'),
  hint,
  type: 'text',
});
