import { createHash } from 'node:crypto';
import { qrText, type VectorRule } from '@kvartal/domain';
// Two pure files, by their path: the faces of their modules would bring Nest and the database into a calculator.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { billQrBytes } from '../../../../libs/server/billing/src/bill-qr.bytes';
// eslint-disable-next-line @nx/enforce-module-boundaries
import {
  sberbankChecksum,
  sberbankStringToSign,
} from '../../../../libs/server/payments/src/providers/sberbank.sign';
import { parseRegistry } from './registry';

const PAY = [
  'MNT_ID',
  'MNT_TRANSACTION_ID',
  'MNT_OPERATION_ID',
  'MNT_AMOUNT',
  'MNT_CURRENCY_CODE',
  'MNT_SUBSCRIBER_ID',
  'MNT_TEST_MODE',
] as const;

/** Which parameters Moneta signs, in this order, in each kind of message (specification L.5). */
const MONETA = {
  REQUEST: PAY.filter((name) => name !== 'MNT_OPERATION_ID'),
  PAY,
  CHECK: ['MNT_COMMAND', ...PAY],
  RESPONSE: ['MNT_RESULT_CODE', 'MNT_ID', 'MNT_TRANSACTION_ID'],
} as const;

const moneta: VectorRule = (given) => {
  const kind = given.word('kind', ['REQUEST', 'PAY', 'CHECK', 'RESPONSE']);
  const params = given.record('params');
  const stringToSign = MONETA[kind].map((name) => params[name] ?? '').join('') + given.text('secret');
  return { stringToSign, MNT_SIGNATURE: createHash('md5').update(stringToSign, 'utf8').digest('hex') };
};

const sberbank: VectorRule = (given) => {
  const params = given.record('params');
  return {
    stringToSign: sberbankStringToSign(params),
    checksum: sberbankChecksum(params, given.text('secret')),
  };
};

const qr: VectorRule = (given) => {
  const { text, encoding } = qrText(given);
  const bytes = billQrBytes(text, encoding);
  return { string: text, byteLength: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
};

const registry: VectorRule = (given) =>
  parseRegistry({
    format: given.word('format', ['SB', 'HDT']),
    content: given.text('content'),
    knownAccounts: new Set(given.texts('knownAccounts')),
    importedOperations: new Set(given.texts('importedOperations')),
    asOf: given.date('asOf'),
  });

/** The rules of the vectors that need crypto or code pages. */
export const PROTOCOL_RULES: ReadonlyMap<string, VectorRule> = new Map(
  Object.entries({
    'sign.moneta': moneta,
    'sign.sberbank': sberbank,
    'qr.gost': qr,
    'registry.parse': registry,
  }),
);
