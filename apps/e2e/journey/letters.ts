import { expect } from '@playwright/test';
import { product } from './product';

/** A letter as the catcher keeps it. */
interface Letter {
  subject: string;
  text: string;
  to: readonly { address: string }[];
}

/** Letters to an address, the newest first: the catcher lists them as they came in. */
export async function lettersTo(address: string): Promise<Letter[]> {
  const all: Letter[] = await (await fetch(`${product.mail.http}/api/email`)).json();
  return all
    .filter(({ to }) => to.some((one) => one.address.toLowerCase() === address.toLowerCase()))
    .reverse();
}

/** Waits for a letter with this subject, and returns the newest. */
export async function letterTo(address: string, subject: RegExp | string): Promise<Letter> {
  const fits = (letter: Letter) =>
    typeof subject === 'string' ? letter.subject === subject : subject.test(letter.subject);
  let found: Letter | undefined;
  await expect(async () => {
    const letters = await lettersTo(address);
    found = letters.find(fits);
    expect(
      letters.map((letter) => letter.subject),
      `letters to ${address}`,
    ).toContainEqual(found?.subject ?? subject);
  }).toPass({ timeout: 20_000, intervals: [100] });
  if (!found) throw new Error(`No letter to ${address}`);
  return found;
}

/** The address that a letter leads to: the first one under a page of the cabinet. */
export function linkIn({ text }: Letter, page: string): string {
  const found = new RegExp(`https?://\\S+/${page}/[\\w-]+`).exec(text)?.[0];
  if (!found) throw new Error(`No link to ${page} in: ${text}`);
  return found;
}
