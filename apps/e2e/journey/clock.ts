import { civilDate, todayIn, type CivilDate } from '@kvartal/domain';
import { product } from './product';

const ZONE = 'Europe/Moscow';

/** The present of the product. */
export async function now(): Promise<Date> {
  const { now: text }: { now: string } = await (await fetch(`${product.api}/dev/clock`)).json();
  return new Date(text);
}

/** Today in the town of the home portal. */
export const today = async (): Promise<CivilDate> => civilDate(todayIn(await now(), ZONE));

/** Moves the clock of the whole product by so many hours. Only a journey that runs alone may do it. */
export async function moveClock(hours: number): Promise<void> {
  const then = new Date((await now()).getTime() + hours * 3_600_000);
  await fetch(`${product.api}/dev/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: then.toISOString() }),
  });
}
