import { money, moneyText, ZERO } from '@kvartal/domain';

/**
 * An amount as people type it, in the API's form: «1 537,15», «1537.15», «1 537,15 р» are "1537.15". Undefined where it
 * is no amount above zero with at most two decimals.
 */
export function readAmount(typed: string): string | undefined {
  const text = typed
    .replace(/[\s]/g, '')
    .replace(/(?:руб\.?|р\.?|тг\.?|₽|₸)$/i, '')
    .replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text)) return undefined;
  const value = money(text);
  return value > ZERO ? moneyText(value) : undefined;
}
