import { Service } from '@angular/core';
import { Speech, type TextKeyOf, type TextsLike } from '@kvartal/ui';
import { resourceUnit, type EnumValue } from '@kvartal/words';
import type { ru } from './ru';

export type Texts = TextsLike<typeof ru>;
/** A text that is not there does not compile. */
export type TextKey = TextKeyOf<typeof ru>;

/** What the cabinet says. */
@Service()
export class Say extends Speech<TextKey> {
  /** The unit that a resource is measured in. */
  resourceUnit(resource: EnumValue<'Resource'>): string {
    return resourceUnit(resource, this.locale());
  }
}
