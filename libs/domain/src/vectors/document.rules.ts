import { barcodeDigits } from '../barcode';
import { billQrText, type QrEncoding } from '../bill-qr';
import { type DueDayRule, dueDates } from '../due-date';
import { parseGisIdentifier } from '../gis-identifiers';
import { checkIdentifier, IDENTIFIER_TYPES } from '../identifiers';
import { month } from '../month';
import { checkReading, readingDays, readingWindow } from '../readings';
import { addMinutes } from '../sla';
import { type Inputs } from './inputs';
import { type VectorRule, volumeText } from './rule';

/** Due days as the laws of the vectors' countries set them (specification C.4). */
const DUE_DAYS: Readonly<Record<'RU' | 'KZ', readonly DueDayRule[]>> = {
  RU: [
    { from: month('0001-01'), day: 10 },
    { from: month('2026-03'), day: 15 },
  ],
  KZ: [{ from: month('0001-01'), day: 25 }],
};
