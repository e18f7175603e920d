export { REFUSAL_CODES, type RefusalCode } from './refusal-codes';
