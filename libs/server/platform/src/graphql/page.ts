import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';

const LARGEST = 100;

@InputType({ description: 'Which page of a list.' })
export class PageInput {
  @Field(() => Int, { defaultValue: 1, description: 'Counted from 1.' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  number!: number;

  @Field(() => Int, { defaultValue: 25, description: 'Items on a page, 1 to 100.' })
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  size!: number;
}

const within = (value: number, least: number, greatest: number): number =>
  Math.min(Math.max(value, least), greatest);

/** What SQL needs of a page; the first 25 where none was asked for. Never more than 100, whatever let it through. */
export function limitOf(page: PageInput | undefined): { limit: number; offset: number } {
  const { number, size } = page ?? { number: 1, size: 25 };
  const limit = within(size, 1, LARGEST);
  return { limit, offset: (within(number, 1, 100_000) - 1) * limit };
}
