import type { TextKey } from '../texts/say';

export const PAPER_KINDS = [
  'ABSENCE',
  'INTERRUPTION',
  'HOT_WATER_TEMPERATURE',
  'HEATING_TEMPERATURE',
  'VOLUME',
  'COEFFICIENT',
  'BENEFIT',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** A field of the form of acts and benefits: its name is the one that the API refuses by. */
export interface PaperField {
  name: string;
  label: TextKey;
  hint?: TextKey;
  type: 'text' | 'number' | 'date' | 'check' | 'service';
  isOptional?: boolean;
}

const SERVICE: PaperField = { name: 'serviceId', label: 'papers.service', type: 'service' };
const HOUSE: PaperField = { name: 'wholeHouse', label: 'papers.wholeHouse', type: 'check', isOptional: true };
const FROM: PaperField = { name: 'from', label: 'papers.from', type: 'date' };
const TO: PaperField = { name: 'to', label: 'papers.to', type: 'date' };
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
    { name: 'night', label: 'papers.night', type: 'check', isOptional: true },
  ],
  HEATING_TEMPERATURE: [...QUALITY, number('degreeHours', 'papers.degreeHours', 'papers.degreeHint')],
  VOLUME: [SERVICE, FROM, MONTH_TO, number('volume', 'papers.volume')],
  COEFFICIENT: [SERVICE, FROM, OPEN_TO, number('coefficient', 'papers.coefficient')],
  BENEFIT: [
    SERVICE,
    { name: 'category', label: 'papers.category', hint: 'papers.categoryHint', type: 'text' },
    number('percent', 'papers.percent'),
    { ...number('beneficiaries', 'papers.beneficiaries', 'papers.beneficiariesHint'), isOptional: true },
    { name: 'withinNorm', label: 'papers.withinNorm', type: 'check', isOptional: true },
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

/** What the form of a kind asks for, the document last. */
export const fieldsOf = (kind: PaperKind): readonly PaperField[] => [...FIELDS[kind], DOCUMENT];

const PLAIN_NUMBER = /^\d{1,9}([.,]\d{1,6})?$/;

/** A number as the API takes it; undefined where what was typed is none. */
export const numberOf = (typed: string): string | undefined =>
  PLAIN_NUMBER.test(typed.trim()) ? typed.trim().replace(',', '.') : undefined;
