import { dealings } from './kk/dealings';
import { frame } from './kk/frame';
import { money } from './kk/money';
import { settlements } from './kk/settlements';
import type { Texts } from './say';

export const kk: Texts = { ...frame, ...money, ...dealings, settlements };
