import {
  charge,
  checkReading,
  price,
  quantity,
  quantityText,
  moneyText,
  type Quantity,
} from '@kvartal/domain';
import type { RefusalData } from '@kvartal/api-client';
import { named } from '../texts/named';

/** What a row needs to know of its register. */
export interface RowRegister {
  digits: number;
  decimals: number;
  previous: { value: string } | null;
  usualFrom: string | null;
  usualTo: string | null;
  price: string | null;
  /** The services that its consumption is charged by: itself, drainage, heating of the water. */
  costIncludes: readonly string[];
}

/** What the API found out about the same value. */
export interface RowPreview {
  cost: string | null;
  refusals: readonly RefusalData[];
  warnings: readonly RefusalData[];
}

/** A row as it stands: what was typed, what it comes to, what is wrong with it. */
export interface RowState {
  /** The API's decimal; undefined while there is nothing that can be sent. */
  value?: string;
  consumption?: string;
  cost?: string;
  /** The cost is reckoned here and the engine has not spoken yet. */
  costIsRough: boolean;
  problem?: RefusalData;
  warning?: RefusalData;
  /** The warning must be confirmed before it can be sent. */
  asksToConfirm: boolean;
  /** The value with the comma that may have been left out, as it would be typed. */
  fix?: string;
}

/** As typed, without the spaces that people put between groups: `1 915,5` → `1915,5`. */
export const tidy = (typed: string): string => typed.replace(/\s/g, '');

/** The API's decimal as it is typed. */
export const asTyped = (value: string): string => value.replace('.', ',');

/**
 * Judges what was typed by the rules of intake (specification I.2), at once and without the network; adds what the
 * API said of the same value, when it has.
 */
export function rowState(register: RowRegister, typed: string, preview?: RowPreview): RowState {
  const text = tidy(typed);
  if (text === '') return { costIsRough: false, asksToConfirm: false };
  const previous = register.previous ? { value: quantity(register.previous.value) } : undefined;
  const { digits, decimals } = register;
  const found = checkReading({ value: text, register: { digits, decimals }, previous });
  const [error] = found.errors;
  if (error) return { costIsRough: false, asksToConfirm: false, problem: refusal(error, text, register) };
  const problem = preview?.refusals[0];
  const warning = preview?.warnings[0] ?? (found.warnings[0] && refusal(found.warnings[0], text, register));
  const jumps = [...(preview?.warnings ?? []), ...(preview?.refusals ?? [])].some(
    ({ code }) => code === 'IMPLAUSIBLE_JUMP',
  );
  const rough = preview?.cost == null ? roughCost(register, found.consumption) : undefined;
  return {
    value: text.replace(',', '.'),
    consumption: found.consumption === null ? undefined : quantityText(found.consumption),
    cost: preview?.cost ?? rough,
    costIsRough: rough !== undefined,
    problem: jumps ? undefined : problem,
    warning: jumps ? (warning ?? problem) : warning,
    asksToConfirm: jumps,
    fix: jumps ? missedComma(register, text) : undefined,
  };
}

/** At once while typing, where the price of the register is the whole of the cost. */
function roughCost(register: RowRegister, consumption: Quantity | null): string | undefined {
  if (consumption === null || register.price === null || register.costIncludes.length > 1) return undefined;
  return moneyText(charge(consumption, price(register.price)));
}

/** `313` at a previous 299 and a usual 2–3 m³ is `301,3` typed without its comma. */
export function missedComma(register: RowRegister, text: string): string | undefined {
  if (register.decimals === 0 || !register.previous || !register.usualTo || !/^\d+$/.test(text))
    return undefined;
  const previous = quantity(register.previous.value);
  const most = quantity(register.usualTo) * 2n;
  for (let decimals = 1; decimals <= Math.min(register.decimals, text.length - 1); decimals++) {
    const guess = `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
    const used = quantity(guess) - previous;
    if (used >= 0n && used <= most) return asTyped(guess);
  }
  return undefined;
}

/** A usual consumption needs no kopeks: «2,3», and whole above ten. */
export const showRough = (quantity: string): string => {
  const value = Number(quantity);
  return asTyped(value >= 10 ? value.toFixed(0) : String(Math.round(value * 10) / 10));
};

/** What the gauge draws, in hundredths of its width: where the usual range lies and where this consumption. */
export function gauge(
  register: RowRegister,
  consumption: string,
): { left: number; width: number; at: number } | undefined {
  if (register.usualFrom === null || register.usualTo === null) return undefined;
  const [from, to, used] = [register.usualFrom, register.usualTo, consumption].map(Number);
  if (from === undefined || to === undefined || used === undefined) return undefined;
  const end = Math.max(to * 2, used * 1.04, 1e-6);
  const share = (value: number) => Math.round((value / end) * 100);
  return { left: share(from), width: Math.max(2, share(to - from)), at: share(used) };
}

function refusal(code: string, text: string, register: RowRegister): RefusalData {
  const [whole = '', fraction = ''] = text.split(/[.,]/);
  const { digits, decimals, previous } = register;
  const about: Record<string, Record<string, string | number>> = {
    TOO_MANY_DIGITS: { digits, entered: whole.replace(/^0+(?=\d)/, '').length },
    TOO_MANY_DECIMALS: { decimals, entered: fraction.length },
    LESS_THAN_PREVIOUS: { value: text.replace(',', '.'), previous: previous?.value ?? '' },
  };
  return { code, path: [], params: named(about[code] ?? {}) };
}
