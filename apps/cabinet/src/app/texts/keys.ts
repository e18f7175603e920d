import type { ru } from './ru';

/** The texts of a language, with the same keys as the Russian ones. */
export type Texts<T = typeof ru> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

type Paths<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : Paths<T[K], `${Before}${K}.`>;
}[keyof T & string];

/** The name of a text: `home.pay`. A name that is not there does not compile. */
export type TextKey = Paths<typeof ru>;
