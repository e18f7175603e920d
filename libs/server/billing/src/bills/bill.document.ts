import type {
  CivilDate,
  LineMethod,
  Money,
  Month,
  PayableLine,
  Price,
  Quantity,
  Ratio,
  Resource,
  Zone,
} from '@kvartal/domain';

/** A row of the bill's table of services. */
export interface BillLine {
  service: string;
  unit: string;
  group: PayableLine['group'];
  method: LineMethod;
  quantity: Quantity;
  /** Which part of the quantity is a share of the house's common consumption. */
  commonQuantity: Quantity;
  price: Price;
  opening: Money;
  charged: Money;
  recalculated: Money;
  underdelivered: Money;
  benefit: Money;
  adjusted: Money;
  paid: Money;
  closing: Money;
  /** The tax within what is charged. */
  vat: Money;
  /** Which part of what is charged a raised norm adds. */
  excess: Money;
}

/** A row of its tables of meters. */
export interface BillReading {
  resource: Resource;
  zone: Zone;
  serial: string | null;
  previous: Quantity | null;
  current: Quantity | null;
  takenOn: CivilDate | null;
  verifiedUntil: CivilDate | null;
}

/** Who takes money by this bill, and where. */
export interface BillRecipient {
  id: string;
  name: string;
  taxId: string;
  requisites: Partial<Record<'name' | 'bic' | 'account' | 'correspondent' | 'kpp' | 'payeeCode', string>>;
}

/** What the house used of a resource, and what of it was shared. Volumes in the unit of the service. */
export interface BillShare {
  service: string;
  unit: string;
  houseMeter: Quantity | null;
  individual: Quantity;
  distributed: Quantity;
}

/** A norm that holds in the month, per person, per square metre, or per square metre of common area. */
export interface BillNorm {
  service: string;
  unit: string;
  kind: 'PERSON' | 'AREA' | 'COMMON_AREA' | 'HEAT_IN_WATER' | 'HEATING_MONTHS';
  value: Ratio;
  document: string;
}

/** A correction that somebody entered, and why. */
export interface BillCorrection {
  service: string;
  amount: Money;
  reason: string;
}

/** Everything that a bill prints, as it was known when the month was closed. */
export interface BillDocument {
  number: string;
  /** Whether it only shows what would be charged: its month is not closed, and nobody pays by it. */
  isDraft: boolean;
  /** The number of the bill that this one replaces: its month was closed again. */
  replaces: string | null;
  month: Month;
  issuedOn: CivilDate;
  payBy: CivilDate;
  total: Money;
  currency: 'RUB' | 'KZT';
  account: { number: string; els: string | null; holder: string; address: string };
  residents: Quantity | null;
  totalArea: Quantity | null;
  livingArea: Quantity | null;
  heatedArea: Quantity | null;
  houseArea: Quantity | null;
  commonArea: Quantity | null;
  organization: {
    name: string;
    taxId: string;
    requisites: Partial<Record<'phone' | 'dispatcherPhone' | 'address' | 'email' | 'site' | 'hours', string>>;
  };
  /** Money that came by the end of this day is counted. */
  countedUntil: CivilDate;
  lastPaidOn: CivilDate | null;
  lines: readonly BillLine[];
  readings: readonly BillReading[];
  houseReadings: readonly BillReading[];
  shares: readonly BillShare[];
  norms: readonly BillNorm[];
  corrections: readonly BillCorrection[];
  recipients: readonly BillRecipient[];
  /** Whether recipients that have a code of a payee get a barcode; an organisation's setting. */
  hasBarcodes: boolean;
  /** Texts of payment codes, one a recipient that something is due to. */
  codes: readonly string[];
}
