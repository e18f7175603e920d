import { test as base, expect, type BrowserContext } from '@playwright/test';
import { product } from './product';
import { Town } from './town';

/** What the browser itself complains of in any page of the context: errors that nobody caught, rules of CSP broken. */
function watch(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (/Content Security Policy|NG0\d+/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** A journey: its pages must raise no error of their own; `town` knows what stands on people's bills. */
export const test = base.extend<{ quiet: void }, { town: Town }>({
  baseURL: product.api,
  town: [async ({ browser }, use) => use(new Town(browser)), { scope: 'worker' }],
  quiet: [
    async ({ context }, use) => {
      const complaints = watch(context);
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
