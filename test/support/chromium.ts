/** A browser to look at pages with: Debian's Chromium, where it is installed. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of the program; null where there is none. */
export const CHROMIUM: string | null =
  [process.env.DATELINE_TEST_CHROMIUM ?? '', ...PLACES].find((path) => existsSync(path)) ?? null;

/** Runs the describe block where there is a Chromium, and says why not elsewhere. */
export function describeInChromium(name: string, body: (browser: () => Browser) => void): void {
  if (CHROMIUM === null) {
    describe.skip(`${name} (skipped: no Chromium at ${PLACES.join(', ')})`, () => {
      test.todo('runs in Chromium');
    });
    return;
  }
  describe(`${name} in Chromium`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      // What is nowhere needed but here takes a while to load.
      const { chromium } = await import('playwright-core');
      browser = await chromium.launch({
        executablePath: CHROMIUM ?? '',
        // The sandbox does not work for root, as whom tests run in containers; nothing but our own pages is opened.
        args: ['--no-sandbox', '--disable-dev-shm-usage'],
      });
    }, 60_000);
    afterAll(() => browser?.close());
    body(() => {
      if (!browser) throw new Error('Chromium has not started');
      return browser;
    });
  });
}
