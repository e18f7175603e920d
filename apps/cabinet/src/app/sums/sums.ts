import { type Money, maxMoney, money, moneyText, negate, subtractMoney, ZERO } from '@kvartal/domain';
import type { TextKey } from '../texts/say';

/** The parts of a month's sum, as the API gives them. */
export interface Equation {
  opening: string;
  charged: string;
  recalculated: string;
  underdelivered: string;
  benefit: string;
  adjusted: string;
  paid: string;
  closing: string;
}

/** A line that adds up: its name and its signed amount. */
export interface Term {
  name: TextKey;
  amount: string;
}

const parts = ['recalculated', 'underdelivered', 'benefit', 'adjusted'] as const;

/**
 * The month as it adds up aloud: signed so that the terms make the closing balance. Zero corrections are left out;
 * debt is positive, a payment negative.
 */
export function termsOf(equation: Equation): Term[] {
  const opening = money(equation.opening);
  return [
    { name: opening < ZERO ? 'sum.overpaid' : 'sum.opening', amount: moneyText(opening) },
    { name: 'sum.paid', amount: moneyText(negate(money(equation.paid))) },
    { name: 'sum.charged', amount: equation.charged },
    ...parts
      .filter((part) => money(equation[part]) !== ZERO)
      .map((part): Term => ({ name: `sum.${part}`, amount: equation[part] })),
  ];
}

/**
 * What is due beyond the balance: overpayments that may not be taken from another recipient's debt, each in the API's
 * form. Zero when the balance itself is due.
 */
export function heldBack(due: string, closing: string): string {
  return moneyText(maxMoney(ZERO, subtractMoney(money(due), maxMoney(ZERO, money(closing)))));
}

/** What is left of a bill after payments that came since. */
export function leftOf(total: string, paidSince: string): string {
  return moneyText(maxMoney(ZERO, subtractMoney(money(total), money(paidSince))));
}

export const isZero = (amount: string): boolean => money(amount) === ZERO;
export const isNegative = (amount: string): boolean => money(amount) < ZERO;
export const absolute = (amount: string): string => {
  const value: Money = money(amount);
  return moneyText(value < ZERO ? negate(value) : value);
};
