import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { PersonRow } from './people.service';

@ObjectType({ description: 'A place where I am signed in.' })
export class Session {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'When I signed in.' }) createdAt!: Date;
  @Field({ description: 'When it was last used, to the minute.' }) seenAt!: Date;
  @Field(() => String, { nullable: true, description: 'The browser, as it calls itself.' }) userAgent!:
    string | null;
  @Field({ description: 'Whether it outlives the browser’s window.' }) remembered!: boolean;
  @Field({ description: 'Whether it is the one that asks.' }) current!: boolean;
}

@ObjectType({ description: 'The signed-in resident or legal entity; everything of theirs hangs here.' })
export class Me {
  @Field(() => ID, { description: 'My id.' }) id!: string;
  /** The same, for modules that add fields. */
  userId!: string;
  /** My row, read once and only where a field of it is asked for. */
  person!: () => Promise<PersonRow>;
}
