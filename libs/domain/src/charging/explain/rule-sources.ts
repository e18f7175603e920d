import { type LineTrace } from '../trace';

/** A rule's section of the specification, and the law that it follows where there is one. */
export interface RuleSource {
  readonly section: string;
  readonly law: string | null;
}

const source = (section: string, law: string | null = null): RuleSource => ({ section, law });

/** By the way a line was charged in fact. */
export const RULE_SOURCES = {
  AREA: source('B.3 AREA', 'ЖК РФ 156; PP 354'),
  FIXED: source('B.3 FIXED'),
  PERSON_FEE: source('B.3 PERSON_FEE', 'PP 354, p. 148(34)'),
  NORM_PERSON: source('B.3 NORM_PERSON', 'PP 354, p. 42, formula 4'),
  METER: source('B.3 METER', 'PP 354, p. 42, formula 1'),
  ESTIMATE_AVERAGE: source('B.7', 'PP 354, p. 59'),
  ESTIMATE_NORM: source('B.7', 'PP 354, p. 42, 60'),
  ACT: source('B.7', 'PP 354, p. 62, 81(11)'),
  SUM_OF_WATER: source('B.3 SUM_OF_WATER', 'PP 354, p. 42'),
  COMMON_AREA: source('B.5', 'PP 354, p. 44, 47; PP 92 of 2022'),
  HEATING_NORM: source('B.3 HEATING_NORM', 'PP 354, formula 2'),
  HEATING_HOUSE_METER: source('B.3 HEATING_HOUSE_METER', 'PP 354, formula 3'),
  PENALTY: source('C.5', 'ЖК РФ 155, part 14, 14.1'),
  HELD: source('E.1'),
} as const satisfies Record<NonNullable<LineTrace['line']>['method'], RuleSource>;

/** Rules that add to a line beside its price. */
export const ADDITION_SOURCES = {
  EXCESS: source('B.3.2', 'PP 354, p. 42, 60(3)'),
  VAT: source('B.4.3'),
  BENEFIT: source('B.11'),
  ABSENCE: source('B.9.1', 'PP 354, part VIII'),
  OUTAGE: source('B.10', 'PP 354, annex 1'),
  TRUE_UP: source('B.7', 'PP 354, p. 61'),
} as const satisfies Record<LineTrace['additions'][number]['kind'], RuleSource>;
