export { evaluate } from './house';
export { type House } from './facts';
