import { defineConfig } from '@playwright/test';

/**
 * Journeys meet the running product in a browser. tools/test/journeys.mjs brings it up and tells, by environment:
 * BASE_URL (its one origin), CHROMIUM, KVARTAL_UP (the launcher's file: addresses of the catchers, sign-ins), PDFTOTEXT.
 * A journey runs in both widths; `@desktop` or `@phone` in its title keeps it to one, where the other would show nothing new:
 * look/ proves that each page stands in both. The long ones begin first. Those under alone/ disturb whatever else runs (they
 * move the clock), and come last.
 */
const desktop = { viewport: { width: 1280, height: 900 } };
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const offline = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../test-results/journeys',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL: process.env['BASE_URL'],
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    actionTimeout: 20_000,
    // a trace of every journey costs a third of its time
    trace: process.env['E2E_TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM'], args: [...quiet, ...offline] },
  },
  projects: [
    { name: 'desktop', testIgnore: 'alone/**', grepInvert: /@phone/, use: desktop },
    {
      name: 'phone',
      testIgnore: 'alone/**',
      grepInvert: /@desktop/,
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
    { name: 'alone', testMatch: 'alone/**/*.e2e.ts', dependencies: ['phone', 'desktop'], use: desktop },
  ],
});
