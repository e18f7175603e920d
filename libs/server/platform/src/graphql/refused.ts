import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common';
import { Field, GqlExecutionContext, ObjectType, createUnionType, registerEnumType } from '@nestjs/graphql';
import { REFUSAL_CODES, type RefusalCode } from '@kvartal/words';
import { type GraphQLResolveInfo, getNamedType, isUnionType } from 'graphql';
import { type Observable, catchError, of, throwError } from 'rxjs';
import { Refusal, type RefusalDetail } from '../refusal';

/** A list of codes as the object that GraphQL makes an enum of. */
export const enumOf = <const T extends string>(values: readonly T[]): { readonly [K in T]: K } =>
  Object.freeze(Object.assign({}, ...values.map((value) => ({ [value]: value }))));

export const RefusalCodeEnum = enumOf(REFUSAL_CODES);
registerEnumType(RefusalCodeEnum, { name: 'RefusalCode', description: 'Every way the product says no.' });

@ObjectType({ description: 'A value for the sentence of a refusal.' })
export class RefusalParam {
  @Field({ description: 'Name of the value.' }) name!: string;
  @Field({ description: 'The value, in API form: ISO dates, a decimal point.' }) value!: string;
}

@ObjectType('Refusal', { description: 'One reason why the product says no.' })
export class RefusalView {
  @Field(() => RefusalCodeEnum, { description: 'What is wrong, to program against.' }) code!: RefusalCode;
  @Field(() => [String], {
    description: 'The input it concerns, from the outside in; empty where it concerns the whole.',
  })
  path!: string[];
  @Field(() => [RefusalParam], { description: 'Values for the sentence.' }) params!: RefusalParam[];
}

@ObjectType({ description: 'The product says no: nothing was done.' })
export class Refused {
  @Field(() => [RefusalView], { description: 'Why, at least one.' }) refusals!: RefusalView[];
}

/** A refusal as it is shown outside. */
export const refusalView = ({ code, path = [], params = {} }: RefusalDetail): RefusalView => ({
  code,
  path: path.map(String),
  params: Object.entries(params).map(([name, value]) => ({ name, value: String(value) })),
});

/** The result of a mutation that may be refused: `resultOf('PayBillResult', PaymentStarted)`. */
export function resultOf<T extends object>(name: string, answer: new () => T) {
  return createUnionType({
    name,
    description: 'What was asked for, or why it was refused.',
    types: () => [answer, Refused] as const,
    resolveType: (value: object) => (value instanceof Refused ? Refused : answer),
  });
}

/** The answer of a field, or its refusal as data: interceptors stand before root fields only. */
export async function orRefused<T>(answer: Promise<T>): Promise<T | Refused> {
  try {
    return await answer;
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return Object.assign(new Refused(), { refusals: failure.refusals.map(refusalView) });
  }
}

function mayBeRefused(context: ExecutionContext): boolean {
  if (context.getType<string>() !== 'graphql') return false;
  const type = getNamedType(GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>().returnType);
  return isUnionType(type) && type.getTypes().some(({ name }) => name === 'Refused');
}

/**
 * Turns a thrown refusal into the `Refused` member of the result, and tells the log its codes: never its values, which are
 * what a person has typed. It stands outside the transaction.
 */
@Injectable()
export class RefusalInterceptor implements NestInterceptor {
  private readonly logger = new Logger('Refusals');

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((failure: unknown) => {
        if (!(failure instanceof Refusal) || !mayBeRefused(context)) return throwError(() => failure);
        this.logger.log({ at: context.getHandler().name, codes: failure.message }, 'refused');
        return of(Object.assign(new Refused(), { refusals: failure.refusals.map(refusalView) }));
      }),
    );
  }
}
