import { Service } from '@angular/core';
import { Speech, type TextKeyOf, type TextsLike } from '@kvartal/ui';
import type { ru } from './ru';

export type Texts = TextsLike<typeof ru>;
/** A text that is not there does not compile. */
export type TextKey = TextKeyOf<typeof ru>;

/** What the back-office says. */
@Service()
export class Say extends Speech<TextKey> {}
