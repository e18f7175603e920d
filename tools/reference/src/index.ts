export { evaluate, type ReferenceLine } from './house';
export { type House } from './facts';
