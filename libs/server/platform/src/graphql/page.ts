import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';

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
  @Max(100)
  size!: number;
}

/** What SQL needs of a page; the first 25 where none was asked for. */
export function limitOf(page: PageInput | undefined): { limit: number; offset: number } {
  const { number, size } = page ?? { number: 1, size: 25 };
  return { limit: size, offset: (number - 1) * size };
}
