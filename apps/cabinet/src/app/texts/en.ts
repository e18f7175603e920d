import { dealings } from './en/dealings';
import { frame } from './en/frame';
import { money } from './en/money';
import { settlements } from './en/settlements';
import type { Texts } from './say';

export const en: Texts = { ...frame, ...money, ...dealings, settlements };
