import type { Page } from '@playwright/test';
import { product } from './product';

/** What stands on the picture that the page shows next: call before the page asks for it, await afterwards. */
export async function nextCaptcha(page: Page): Promise<string> {
  const response = await page.waitForResponse(
    (one) => one.request().postData()?.includes('"NewCaptcha"') ?? false,
  );
  const { data }: { data: { newCaptcha: { id: string } } } = await response.json();
  const answer = await fetch(`${product.api}/dev/captcha/${data.newCaptcha.id}`);
  const { text }: { text: string | null } = await answer.json();
  if (!text) throw new Error('The captcha has no answer');
  return text;
}
