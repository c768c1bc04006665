import { expect, type Page } from '@playwright/test';
import type { Availability } from '#contract/availability.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { changeSettings } from './support/change-settings.ts';
import { type Display, test } from './support/fixtures.ts';
import { listenTo } from './support/played-sounds.ts';
import type { Shop } from './support/shop.ts';

const NOTHING = { open: true, pausedUntil: null, busyUntil: null, unavailable: [] };
const LOBIO = { items: [{ name: 'Lobio', quantity: 1 }] };
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const dish = (page: Page, name: string) => page.getByTestId('dish').filter({ hasText: name });

/** Waits until the server has it. */
const expectTaken = (shop: Shop, part: Partial<Availability>) => expect.poll(shop.availability).toMatchObject(part);

/** Minutes from now until the end of a pause. */
const minutesOf = (until: string | null): number => Math.round((Date.parse(until ?? '') - Date.now()) / 60_000);

test('[section 13] a pause is two taps, shows on every display until when, and one tap ends it', async ({
  shop,
  openDisplay,
}) => {
  const [screen, other] = [await openDisplay(), await openDisplay({ name: 'Bar' })];
  await screen.mark('open-availability').click();
  await screen.page.locator('[data-testid=pause][data-minutes="30"]').click();
  await expect(screen.page.getByRole('dialog')).toHaveCount(0);
  for (const { page } of [screen, other])
    await expect(page.getByTestId('strip-paused')).toContainText(/Paused until \d\d:\d\d/);
  expect(minutesOf((await shop.availability()).pausedUntil)).toBe(30);
  await other.page.getByRole('button', { name: 'Resume' }).click();
  for (const { page } of [screen, other]) await expect(page.getByTestId('strip-paused')).toHaveCount(0);
  await expectTaken(shop, NOTHING);
});

test('[section 13] busy, closed and the rest of the day are two taps each', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const tap = async (mark: string) => {
    await screen.mark('open-availability').click();
    await screen.page.getByTestId('availability-panel').getByTestId(mark).first().click();
  };
  await tap('busy');
  await expect(screen.mark('strip-busy')).toContainText('Busy until');
  await tap('pause-day');
  await expect(screen.mark('strip-paused')).toBeVisible();
  expect(new Date((await shop.availability()).pausedUntil ?? '').getUTCMinutes()).toBe(0);
  await tap('close');
  await expect(screen.mark('strip-closed')).toContainText('Closed');
  await expect(screen.mark('strip-paused')).toHaveCount(0);
  await screen.page.getByRole('button', { name: 'Open again' }).click();
  await tap('end-pause');
  await tap('end-busy');
  await expectTaken(shop, NOTHING);
  await expect(screen.page.getByTestId('banners')).not.toContainText('until');
});

test('[section 13] a dish is sold out by two taps from its ticket or from the header, until it is back on', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  await shop.orders(2, { status: 'preparing' });
  const order = await shop.order({ status: 'preparing', ...LOBIO });
  await screen.more(order);
  await screen.mark('sold-out').click();
  await expect(screen.mark('strip-sold-out')).toContainText('Sold out: Lobio');
  await screen.mark('open-availability').click();
  await dish(page, 'Khachapuri').click();
  await screen.mark('until-none').click();
  await dish(page, 'Tarragon lemonade').click();
  await expect(dish(page, 'Tarragon lemonade')).toHaveAttribute('aria-pressed', 'true');
  await screen.mark('dish-search').fill('satsivi');
  await dish(page, 'satsivi').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(screen.mark('strip-sold-out')).toContainText('Sold out: Lobio +3');
  const { unavailable } = await shop.availability();
  expect(unavailable.map(({ name, until }) => [name, until === null])).toEqual([
    ['Lobio', false],
    ['Khachapuri', false],
    ['Tarragon lemonade', true],
    ['satsivi', true],
  ]);

  await screen.mark('strip-sold-out').getByRole('button', { name: 'Change' }).click();
  for (const name of ['Khachapuri', 'Tarragon lemonade', 'satsivi']) await dish(page, name).click();
  await page.keyboard.press('Escape');
  await screen.mark('strip-sold-out').getByRole('button', { name: 'Back on' }).click();
  await expect(screen.mark('strip-sold-out')).toHaveCount(0);
  await expectTaken(shop, NOTHING);
});

test('[section 13] without a connection nothing is changed or kept, and the strip says as of when', async ({
  link,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ serverUrl: link.url });
  await shop.setAvailability({ pausedUntil: inMinutes(60) });
  await expect(screen.mark('strip-paused')).toBeVisible();
  await expect(screen.mark('strip-paused')).not.toContainText('What you see is from');
  await link.cut();
  await screen.expectLink('offline');
  await expect(screen.mark('strip-paused')).toContainText(/What you see is from \d\d:\d\d/);
  await screen.page.getByRole('button', { name: 'Resume' }).click();
  await expect(screen.page.getByTestId('toast').filter({ hasText: 'No connection: not changed.' })).toBeVisible();
  await expect(screen.mark('strip-paused')).toBeVisible();
  await shop.setAvailability({ pausedUntil: null, busyUntil: inMinutes(5) });
  await link.repair();
  await screen.expectLink('live');
  await expect(screen.mark('strip-paused')).toHaveCount(0);
  await expect(screen.mark('strip-busy')).toBeVisible();
  await screen.expectQueue(0);
});

/** Where the tickets are. */
const places = (page: Page) =>
  page
    .getByTestId('ticket')
    .evaluateAll((all) => all.map((one) => `${one.getBoundingClientRect().x} ${one.getBoundingClientRect().y}`));

const rowOf = async (page: Page, mark: string) => (await page.getByTestId(mark).first().boundingBox())?.y;

const LOOKS = [
  { width: 800, height: 480, language: 'en' },
  { width: 1280, height: 800, language: 'ar' },
  { width: 390, height: 844, language: 'ru' },
  { width: 3840, height: 2160, language: 'ka' },
] as const;

for (const { width, height, language } of LOOKS)
  test(`the strip moves no ticket, and it and the panel suit gloves and axe: ${width}×${height}, ${language}`, async ({
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay({ page: { viewport: { width, height } }, settings: { language } });
    const { page } = screen;
    await shop.orders(3, { status: 'preparing', ...LOBIO });
    await expect(page.getByTestId('ticket')).toHaveCount(3);
    const before = await places(page);
    expect(await rowOf(page, 'settings'), 'the first row of the header has room').toBe(
      await rowOf(page, 'open-search'),
    );
    await shop.setAvailability({
      pausedUntil: inMinutes(20),
      busyUntil: inMinutes(50),
      unavailable: ['Lobio', 'Khinkali', 'Satsivi'].map((name) => ({ name, until: null })),
    });
    await expect(page.getByTestId('strip-paused')).toBeVisible();
    expect(await places(page)).toEqual(before);
    await expectFits(screen, '#banners');
    await screen.mark('open-availability').click();
    await expect(dish(page, 'Lobio')).toBeVisible();
    await expectFits(screen, '[data-testid=availability-panel]');
  });

/** Nothing is cut off at the side, every button is large enough for a glove, and axe finds nothing. */
async function expectFits({ page }: Display, part: string): Promise<void> {
  const inside = page.locator(part);
  expect(await inside.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  for (const button of await inside.getByRole('button').filter({ visible: true }).all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.height ?? 0, box?.width ?? 0), (await button.textContent()) ?? '').toBeGreaterThanOrEqual(
      47.9,
    );
  }
  await expectNoViolations(page, part);
}

test('[A3] an order that arrives accepted is announced once, with a sound and a toast, and does not ring', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const played = await listenTo(screen.page);
  await changeSettings(screen.page, { toastSeconds: 60 });
  await screen.expectLink('live');
  await shop.configure({ autoAccept: '*' });
  const order = await shop.order();
  await expect(screen.mark('toast')).toContainText(`New order ${order.number}`);
  await screen.expectStatus(order, 'preparing');
  await screen.expectAlarm(false);
  await expect.poll(played.kinds).toEqual(['accepted']);
  await screen.bump(order);
  await screen.expectSettled(order, 'ready');
  expect(await played.kinds()).toEqual(['accepted']);
  expect(await played.alarms()).toBe(0);
});
