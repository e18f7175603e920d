import { crc32 } from 'node:zlib';
import { type CivilDate, civilDate, isCivilDate, money, type Money, moneyText, sum } from '@kvartal/domain';

/** A file of payments from a bank or an agent, as text (specification G.4). */
export interface RegistryText {
  /** SB: semicolons and a control line; HDT: header, data, trailer. */
  readonly format: 'SB' | 'HDT';
  readonly content: string;
  readonly knownAccounts: ReadonlySet<string>;
  /** Operations of earlier files. */
  readonly importedOperations: ReadonlySet<string>;
  readonly asOf: CivilDate;
}

type FileError = 'NO_TRAILER' | 'COUNT_MISMATCH' | 'SUM_MISMATCH' | 'FEE_MISMATCH' | 'CRC_MISMATCH';
type LineError =
  | 'AFTER_TRAILER'
  | 'FIELD_COUNT'
  | 'BAD_DATE'
  | 'FUTURE_DATE'
  | 'BAD_AMOUNT'
  | 'AMOUNT_MISMATCH'
  | 'DUPLICATE'
  | 'ACCOUNT_NOT_FOUND';

interface PhysicalLine {
  /** From 1, over all lines, the header included. */
  readonly line: number;
  readonly text: string;
}

/** A payment's line taken apart; undefined where a part cannot be read. */
interface DataLine {
  readonly operationId: string;
  readonly account: string;
  readonly date: CivilDate | undefined;
  readonly amount: Money | undefined;
  readonly fee: Money | undefined;
  readonly addsUp: boolean;
  readonly readings?: Readonly<Record<string, string>>;
}

interface Trailer {
  readonly count: string | undefined;
  readonly sum: Money | undefined;
  readonly fee: Money | undefined;
  readonly crc?: string | undefined;
}

/** How a format is told apart and read. */
interface Format {
  readonly isHeader: (text: string) => boolean;
  readonly isTrailer: (text: string) => boolean;
  /** Undefined where the number of fields is wrong. */
  readonly data: (text: string) => DataLine | undefined;
  readonly trailer: (text: string) => Trailer;
}

const SB: Format = {
  isHeader: () => false,
  isTrailer: (text) => text.startsWith('='),
  data: (text) => {
    const fields = text.split(';');
    const [
      date = '',
      ,
      ,
      ,
      operationId = '',
      account = '',
      ,
      ,
      ,
      total = '',
      transfer = '',
      commission = '',
    ] = fields;
    if (fields.length !== 12) return undefined;
    const [amount, given, fee] = [total, transfer, commission].map(commaMoney);
    const addsUp = amount !== undefined && given !== undefined && fee !== undefined && amount === given + fee;
    const isRead = given !== undefined && fee !== undefined;
    return {
      operationId,
      account,
      date: dashedDate(date),
      amount: isRead ? amount : undefined,
      fee,
      addsUp,
    };
  },
  trailer: (text) => {
    const [count, total = '', , fee = ''] = text.slice(1).split(';');
    return { count, sum: commaMoney(total), fee: commaMoney(fee) };
  },
};

const HDT: Format = {
  isHeader: (text) => text.startsWith('H|'),
  isTrailer: (text) => text.startsWith('T|'),
  data: (text) => {
    const fields = text.split('|');
    const [kind, , operationId = '', at = '', account = '', total = '', commission = '', , readings = ''] =
      fields;
    if (kind !== 'D' || fields.length !== 9) return undefined;
    const fee = pointMoney(commission);
    return {
      operationId,
      account,
      date: instantDate(at),
      amount: fee === undefined ? undefined : pointMoney(total),
      fee,
      addsUp: true,
      readings: readingsOf(readings),
    };
  },
  trailer: (text) => {
    const [, count, total = '', fee = '', crc] = text.split('|');
    return { count, sum: pointMoney(total), fee: pointMoney(fee), crc };
  },
};

/** What stands in a file: payments taken, lines refused and why, and whether its control figures hold. */
export function parseRegistry(registry: RegistryText): Record<string, unknown> {
  const format = registry.format === 'SB' ? SB : HDT;
  const lines = physicalLines(registry.content).filter(
    ({ line, text }) => line > 1 || !format.isHeader(text),
  );
  const end = lines.findIndex(({ text }) => format.isTrailer(text));
  const data = end < 0 ? lines : lines.slice(0, end);
  const judged = judge(data, format, registry);
  const late =
    end < 0 ? [] : lines.slice(end + 1).map(({ line }) => ({ line, code: 'AFTER_TRAILER' as const }));
  const trailer = end < 0 ? undefined : format.trailer(lines[end]?.text ?? '');
  const totals = {
    count: judged.counted.length,
    sum: sum(judged.counted.map(({ amount }) => amount)),
    fee: sum(judged.counted.map(({ fee }) => fee)),
  };
  return {
    fileErrors: fileErrors(
      trailer,
      totals,
      registry.format === 'HDT' ? data.filter(({ text }) => text.startsWith('D|')) : undefined,
    ),
    accepted: judged.accepted.map(({ amount, ...rest }) => ({ ...rest, amount: moneyText(amount) })),
    rejected: [...judged.rejected, ...late],
    count: totals.count,
    sum: moneyText(totals.sum),
    fee: moneyText(totals.fee),
    acceptedSum: moneyText(sum(judged.accepted.map(({ amount }) => amount))),
  };
}

interface Accepted {
  line: number;
  operationId: string;
  account: string;
  date: CivilDate;
  amount: Money;
  readings?: Readonly<Record<string, string>>;
}

interface Judged {
  readonly accepted: Accepted[];
  readonly rejected: { line: number; code: LineError }[];
  /** Every line whose money could be read, refused ones too: the control figures are over them. */
  readonly counted: { amount: Money; fee: Money }[];
}

function judge(data: readonly PhysicalLine[], format: Format, registry: RegistryText): Judged {
  const judged: Judged = { accepted: [], rejected: [], counted: [] };
  const seen = new Set(registry.importedOperations);
  for (const { line, text } of data) {
    const found = format.data(text);
    const { amount, fee } = found ?? {};
    if (amount !== undefined && fee !== undefined) judged.counted.push({ amount, fee });
    const code = found ? refusalOf(found, registry, seen) : 'FIELD_COUNT';
    // an operation is known once its line could be read, whether or not its account is
    if (found && (code === undefined || code === 'ACCOUNT_NOT_FOUND')) seen.add(found.operationId);
    if (!found || code !== undefined || amount === undefined || found.date === undefined)
      judged.rejected.push({ line, code: code ?? 'BAD_AMOUNT' });
    else {
      const { operationId, account, date, readings } = found;
      judged.accepted.push({ line, operationId, account, date, amount, ...(readings ? { readings } : {}) });
    }
  }
  return judged;
}

function refusalOf(
  found: DataLine,
  registry: RegistryText,
  seen: ReadonlySet<string>,
): LineError | undefined {
  if (found.date === undefined) return 'BAD_DATE';
  if (found.date > registry.asOf) return 'FUTURE_DATE';
  if (found.amount === undefined || found.amount <= 0n) return 'BAD_AMOUNT';
  if (!found.addsUp) return 'AMOUNT_MISMATCH';
  if (seen.has(found.operationId)) return 'DUPLICATE';
  return registry.knownAccounts.has(found.account) ? undefined : 'ACCOUNT_NOT_FOUND';
}

function fileErrors(
  trailer: Trailer | undefined,
  totals: { count: number; sum: Money; fee: Money },
  signedLines: readonly PhysicalLine[] | undefined,
): FileError[] {
  if (!trailer) return ['NO_TRAILER'];
  const errors: FileError[] = [];
  if (Number(trailer.count) !== totals.count) errors.push('COUNT_MISMATCH');
  if (trailer.sum !== totals.sum) errors.push('SUM_MISMATCH');
  if (trailer.fee !== totals.fee) errors.push('FEE_MISMATCH');
  if (signedLines && trailer.crc?.trim().toUpperCase() !== crcOf(signedLines)) errors.push('CRC_MISMATCH');
  return errors;
}

function crcOf(lines: readonly PhysicalLine[]): string {
  return crc32(lines.map(({ text }) => text).join('\n'))
    .toString(16)
    .toUpperCase()
    .padStart(8, '0');
}

function physicalLines(content: string): PhysicalLine[] {
  return content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((text, place) => ({ line: place + 1, text }))
    .filter(({ text }) => text.trim() !== '');
}

const commaMoney = (text: string): Money | undefined =>
  /^-?\d+,\d\d$/.test(text) ? money(text.replace(',', '.')) : undefined;

const pointMoney = (text: string): Money | undefined =>
  /^-?\d+\.\d\d$/.test(text) ? money(text) : undefined;

const dateOf = (text: string): CivilDate | undefined => (isCivilDate(text) ? civilDate(text) : undefined);

/** `ДД-ММ-ГГГГ` and nothing else: a line that writes its day otherwise is of another layout. */
function dashedDate(text: string): CivilDate | undefined {
  const [, day, month, year] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(text) ?? [];
  return dateOf(`${year}-${month}-${day}`);
}

const INSTANT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[+-]([01]\d|2[0-3]):[0-5]\d|Z)$/;

/** The day as written, in the offset of the line itself. */
function instantDate(text: string): CivilDate | undefined {
  const [, day] = INSTANT.exec(text) ?? [];
  return day === undefined ? undefined : dateOf(day);
}

function readingsOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
