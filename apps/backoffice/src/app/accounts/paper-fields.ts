import type { FormField } from '../shell/filled-form';
import type { Say, TextKey } from '../texts/say';

const PAPER_KINDS = [
  'ABSENCE',
  'INTERRUPTION',
  'HOT_WATER_TEMPERATURE',
  'HEATING_TEMPERATURE',
  'VOLUME',
  'COEFFICIENT',
  'BENEFIT',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export const kindOf = (text: string | undefined): PaperKind =>
  PAPER_KINDS.find((one) => one === text) ?? 'ABSENCE';

/** A field of the form of acts and benefits before it is put into words: its name is the one that the API refuses by. */
interface PaperField {
  name: string;
  label: TextKey;
  hint?: TextKey;
  type: FormField['type'];
  isOptional?: boolean;
}

const SERVICE: PaperField = { name: 'serviceId', label: 'papers.service', type: 'choice' };
const HOUSE: PaperField = { name: 'wholeHouse', label: 'papers.wholeHouse', type: 'check' };
const FROM: PaperField = { name: 'from', label: 'papers.from', type: 'day' };
const TO: PaperField = { name: 'to', label: 'papers.to', type: 'day' };
const OPEN_TO: PaperField = { ...TO, hint: 'papers.openEnd', isOptional: true };
const MONTH_TO: PaperField = { ...TO, hint: 'papers.oneMonth' };
const HOURS: PaperField = { name: 'hours', label: 'papers.hours', type: 'number' };

const number = (name: string, label: TextKey, hint?: TextKey): PaperField => ({
  name,
  label,
  type: 'number',
  ...(hint ? { hint } : {}),
});

const QUALITY = [SERVICE, HOUSE, FROM, MONTH_TO];

const FIELDS: Readonly<Record<PaperKind, readonly PaperField[]>> = {
  ABSENCE: [
    number('people', 'papers.people'),
    { ...FROM, label: 'papers.left' },
    { ...OPEN_TO, label: 'papers.back', hint: 'papers.backHint' },
  ],
  INTERRUPTION: [...QUALITY, HOURS, number('allowedHours', 'papers.allowedHours', 'papers.allowedHint')],
  HOT_WATER_TEMPERATURE: [
    ...QUALITY,
    number('temperature', 'papers.temperature'),
    HOURS,
    { name: 'night', label: 'papers.night', type: 'check' },
  ],
  HEATING_TEMPERATURE: [...QUALITY, number('degreeHours', 'papers.degreeHours', 'papers.degreeHint')],
  VOLUME: [SERVICE, FROM, MONTH_TO, number('volume', 'papers.volume')],
  COEFFICIENT: [SERVICE, FROM, OPEN_TO, number('coefficient', 'papers.coefficient')],
  BENEFIT: [
    SERVICE,
    { name: 'category', label: 'papers.category', hint: 'papers.categoryHint', type: 'text' },
    number('percent', 'papers.percent'),
    { ...number('beneficiaries', 'papers.beneficiaries', 'papers.beneficiariesHint'), isOptional: true },
    { name: 'withinNorm', label: 'papers.withinNorm', type: 'check' },
    FROM,
    OPEN_TO,
  ],
};
const DOCUMENT: PaperField = {
  name: 'document',
  label: 'papers.document',
  hint: 'papers.documentHint',
  type: 'text',
};

/** What the form of a kind asks for: the kind first, the document last. */
export function fieldsOf(
  say: Say,
  kind: PaperKind,
  services: readonly { serviceId: string; name: string }[],
): FormField[] {
  const options = [
    { value: '', label: say.text('papers.choose') },
    ...services.map(({ serviceId, name }) => ({ value: serviceId, label: name })),
  ];
  return [
    kindField(say),
    ...[...FIELDS[kind], DOCUMENT].map(({ label, hint, ...field }) => ({
      ...field,
      label: say.text(label),
      hint: hint ? say.text(hint) : '',
      ...(field.type === 'choice' && { options }),
    })),
  ];
}

const kindField = (say: Say): FormField => ({
  name: 'kind',
  label: say.text('papers.kind'),
  type: 'choice',
  value: 'ABSENCE',
  options: PAPER_KINDS.map((value) => ({
    value,
    label: value === 'BENEFIT' ? say.text('papers.benefit') : say.enum('ActKind', value),
  })),
});

/** How a paper ends: on its last day, or, where that cannot be told of it, never having been. */
export const endFields = (say: Say, isLasting: boolean, isWithdrawn: boolean): FormField[] => [
  ...(isLasting
    ? [
        {
          name: 'way',
          label: say.text('papers.way'),
          type: 'choice' as const,
          value: 'END',
          options: [
            { value: 'END', label: say.text('papers.isOver') },
            { value: 'WITHDRAW', label: say.text('papers.isMistake') },
          ],
        },
      ]
    : []),
  ...(isWithdrawn ? [] : [{ name: 'lastDay', label: say.text('papers.lastDay'), type: 'day' as const }]),
];
