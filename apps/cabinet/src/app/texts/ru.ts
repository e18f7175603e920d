import { dealings } from './ru/dealings';
import { frame } from './ru/frame';
import { money } from './ru/money';
import { settlements } from './ru/settlements';

/** Russian: complete, and the measure of the keys. */
export const ru = { ...frame, ...money, ...dealings, settlements } as const;
