import { type Quantity, quantityText } from '../decimal';
import { type Money, moneyText } from '../money';
import { type Inputs } from './inputs';

/** A rule as a vector calls it: inputs as JSON holds them, the outcome as JSON writes it. */
export type VectorRule = (inputs: Inputs) => Readonly<Record<string, unknown>>;

/** Volumes are written with six decimals, money with two. */
export const volumeText = (value: Quantity): string => quantityText(value, 6);
export const sumText = (value: Money): string => moneyText(value);
export const chargedText = (charged: { quantity: Quantity; amount: Money }) => ({
  quantity: volumeText(charged.quantity),
  amount: sumText(charged.amount),
});
