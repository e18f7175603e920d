import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'It is done; there is nothing else to say about it.' })
export class Done {
  @Field({ description: 'Always true: what could not be done is refused or an error.' }) ok!: boolean;
}

/** The one value of `Done`. */
export const DONE: Done = Object.assign(new Done(), { ok: true });
