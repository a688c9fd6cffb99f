import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { createApp } from '../../src/app';
import { silentLog } from '../../src/core/log';
import { config, type Running, start } from '../http/tiny';
import { describeInChromium } from '../support/chromium';
import { tempDirectory } from '../support/temp-directory';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1200, height: 900 };
const RELATION = '/relations/afghanistan+pakistan';
const OTHERS = [
  '/relations?language=ar',
  '/relations/afghanistan+pakistan+trade?interval=day&language=fa',
  '/relations/afghanistan?language=ps',
];

/** The sample newsroom, served as it is to newcomers. */
describeInChromium('the pages of relations', (browser) => {
  let running: Running;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const settings = config({ DATABASE_URL: `${tempDirectory()}/dateline.db`, SAMPLE_NEWSROOM: 'always' });
    const app = await createApp({ config: settings, log: silentLog });
    running = await start({}, { page: (request) => app.page(request) });
    close = async () => {
      await running.server.close();
      await app.close();
    };
  }, 60_000);
  afterAll(() => close());

  /** Opens a page and hands on what the browser complained about besides its status. */
  async function open(
    address: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<void>,
  ): Promise<string[]> {
    const context = await browser().newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (!/status of 4\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(running.url) && !url.startsWith('data:')) complaints.push(url);
    });
    await page.goto(running.url + address);
    await look(page);
    await context.close();
    return complaints;
  }

  const widths = (page: Page) =>
    page.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]');

  test.each([
    [RELATION, true],
    [`${RELATION}?language=fa`, true],
    [`${RELATION}?language=fa`, false],
    ...OTHERS.map((address) => [address, false] as const),
  ] as const)(
    '%s fits on a phone (JavaScript: %p), and nothing is complained of',
    async (address, javaScriptEnabled) => {
      const complaints = await open(address, { viewport: PHONE, javaScriptEnabled }, async (page) => {
        expect(await widths(page)).toEqual([PHONE.width, PHONE.width]);
      });
      expect(complaints).toEqual([]);
    },
  );

  test('in a language that runs to the left the page and its time do, too', async () => {
    const middles = `(() => {
      const bars = [...document.querySelectorAll('.chart .bar')];
      const heading = document.createRange();
      heading.selectNodeContents(document.querySelector('h1'));
      return [heading, bars[0], bars.at(-1)]
        .map((each) => each.getBoundingClientRect())
        .map(({ left, right }) => ((left + right) / 2 < innerWidth / 2 ? 'left' : 'right'));
    })()`;
    for (const [language, sides] of [
      ['en', ['left', 'left', 'right']],
      ['fa', ['right', 'right', 'left']],
    ] as const) {
      await open(`${RELATION}?language=${language}`, { viewport: DESK }, async (page) => {
        expect([language, await page.evaluate(middles)]).toEqual([language, sides]);
      });
    }
  });

  test.each([
    ['light', RELATION],
    ['dark', RELATION],
    ['dark', OTHERS[0]],
    ['light', OTHERS[1]],
    ['light', OTHERS[2]],
  ] as const)('%s, everybody can read and reach everything of %s', async (colorScheme, address) => {
    await open(address ?? '', { viewport: DESK, colorScheme, bypassCSP: true }, async (page) => {
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
      await page.evaluate(AXE);
      const violations = await page.evaluate(`axe
        .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
      expect(violations).toEqual([]);
    });
  });

  test('the picture is shown by a page that embeds it', async () => {
    await open(RELATION, { viewport: DESK, bypassCSP: true }, async (page) => {
      const size = await page.evaluate(`new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = () => resolve([image.naturalWidth, image.naturalHeight > 300]);
        image.onerror = () => reject(new Error('It is not shown'));
        image.src = 'afghanistan+pakistan.svg?language=fa';
      })`);
      expect(size).toEqual([800, true]);
    });
  });

  test('the form leads to the time that is chosen, without a script', async () => {
    await open(`${RELATION}?language=fa`, { viewport: PHONE, javaScriptEnabled: false }, async (page) => {
      await page.fill('#from', '2026-09-01');
      await page.selectOption('#interval', 'week');
      await page.click('form button');
      await page.waitForURL(/from=2026-09-01/);
      const query = new URL(page.url()).searchParams;
      expect([...query]).toEqual([
        ['from', '2026-09-01'],
        ['to', ''],
        ['interval', 'week'],
        ['language', 'fa'],
      ]);
      expect(await page.locator('.lede').textContent()).toContain('۱ سپتامبر ۲۰۲۶');
    });
  });
});
