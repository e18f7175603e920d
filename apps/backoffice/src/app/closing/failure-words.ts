import type { TextKey } from '../texts/say';

/** A sentence about why a computation failed: the text to say and what it is filled with. */
export interface FailureWords {
  key: TextKey;
  params: Readonly<Record<string, string | number>>;
}

const PLAIN: Readonly<Record<string, TextKey>> = {
  NOTHING_COMPUTED: 'closing.nothingComputed',
  LINES_DISAGREE: 'closing.linesDisagree',
  OPENINGS_DISAGREE: 'closing.openingsDisagree',
  PAYMENTS_DISAGREE: 'closing.paymentsDisagree',
  ORPHANS: 'closing.orphans',
};

/**
 * The words for what the API gives as the reason: a code with its details, `NO_TARIFF: Водоотведение`,
 * `HOUSES_FAILED 3: …`, `LINES_DISAGREE`. An error of the engine is shown whole, for support.
 */
export function failureWords(failure: string): FailureWords {
  const [, code = '', count = '', rest = ''] = /^([A-Z_]+)(?: (\d+))?(?:: (.*))?$/s.exec(failure) ?? [];
  if (code === 'NO_TARIFF') return { key: 'closing.noTariff', params: { services: rest } };
  if (code === 'NO_AREA') return { key: 'closing.noArea', params: { accounts: rest } };
  if (code === 'NO_NORM') return withoutNorm(rest);
  if (code === 'NO_COMMON_AREA') return { key: 'closing.noCommonArea', params: { services: rest } };
  if (code === 'TWO_SUPPLIERS') return { key: 'closing.twoSuppliers', params: { service: rest } };
  if (code === 'ENGINE_ERROR') return { key: 'closing.engineError', params: { text: rest } };
  if (code === 'HOUSES_FAILED') return { key: 'closing.failedCount', params: { count: Number(count) } };
  const plain = PLAIN[code];
  return plain ? { key: plain, params: {} } : { key: 'closing.engineError', params: { text: failure } };
}

/** `Холодная вода; 100001, 100002`: services, and where the norm is an account's, whose. */
function withoutNorm(rest: string): FailureWords {
  const [services = '', accounts] = rest.split('; ');
  return accounts === undefined
    ? { key: 'closing.noNorm', params: { services } }
    : { key: 'closing.noNormOf', params: { services, accounts } };
}
