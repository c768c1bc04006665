import { expect, type Page } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';
import { listenTo } from './support/played-sounds.ts';

const numbers = (page: Page, status: string) =>
  page.locator(`[data-status=${status}] > ol`).getByTestId('pickup-number');

test('the pick-up board shows customers numbers and nothing else, and calls those that become ready', async ({
  shop,
  openDisplay,
}) => {
  const long = new Date(Date.now() - 600_000).toISOString();
  const a = await shop.order({ number: '41', status: 'preparing', placedAt: long });
  const b = await shop.order({ number: '42', status: 'preparing' });
  await shop.order({ number: '43', status: 'ready', fulfilment: 'delivery' });
  await shop.order({ number: '44', status: 'ready', fulfilment: 'dine_in', table: '7' });
  const screen = await openDisplay();
  const { page } = screen;
  await page.addInitScript(() => {
    const said: string[] = [];
    const voice = { lang: 'en-GB', localService: true, name: 'A cook', default: true, voiceURI: '' };
    speechSynthesis.getVoices = () => [voice as SpeechSynthesisVoice];
    speechSynthesis.speak = (words) => void said.push(words.text);
    // The browser does not accept an invented voice.
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {}, configurable: true });
    Object.assign(window, { said });
  });
  const sounds = await listenTo(page);
  await changeSettings(page, { screen: 'pickup', callNumbers: true });
  await expect(numbers(page, 'preparing')).toHaveText(['41', '42']);
  await expect(numbers(page, 'ready')).toHaveCount(0);

  await shop.setStatus(a, 'ready');
  await expect(numbers(page, 'ready')).toHaveText(['41']);
  await expect(numbers(page, 'ready').first()).toHaveAttribute('data-called', 'true');
  await shop.setStatus(b, 'ready');
  await expect(numbers(page, 'ready')).toHaveText(['42', '41']);
  await expect(numbers(page, 'preparing')).toHaveCount(0);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { said: string[] }).said))
    .toEqual(['Order 41 is ready', 'Order 42 is ready']);
  await expectNoViolations(page);
  await expect(numbers(page, 'ready').first()).toHaveAttribute('data-called', 'false', { timeout: 20_000 });

  // A new order rings elsewhere.
  await shop.order({ number: '845', customer: { name: 'Nino' } });
  await expect.poll(() => page.title()).toContain('(1)');
  await screen.expectAlarm(false);
  expect(await sounds.strikes()).toBe(0);
  for (const secret of ['Nino', 'Khachapuri', '845', 'GEL', '₾'])
    await expect(page.locator('body')).not.toContainText(secret);
  await expect(page.getByTestId('ticket')).toHaveCount(0);
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await shop.setStatus(a, 'completed');
  await expect(numbers(page, 'ready')).toHaveText(['42']);
});

test('only a long press on the name of the shop leaves the pick-up board', async ({ shop, openDisplay }) => {
  const order = await shop.order({ status: 'ready' });
  const screen = await openDisplay({ settings: { screen: 'pickup' } });
  const { page } = screen;
  await expect(numbers(page, 'ready')).toHaveText([order.number]);
  for (const [x, y] of [
    [200, 300],
    [900, 200],
    [60, 30],
  ] as const)
    await page.mouse.click(x, y);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await shop.read(order)).status).toBe('ready');
  await screen.mark('hold-for-settings').hover();
  await page.mouse.down();
  await expect(screen.mark('settings-dialog')).toBeVisible();
  await page.mouse.up();
  await page.locator('[data-section=stations]').click();
  await page.getByRole('radio', { name: 'Everything' }).click();
  await expect(screen.ticket(order)).toBeAttached();
});

test('many numbers all stay on the board, on any size of screen and from right to left', async ({
  shop,
  openDisplay,
}) => {
  test.slow();
  const ready = await shop.orders(14, { status: 'ready' });
  const preparing = await shop.orders(30, { status: 'preparing' });
  const screen = await openDisplay({ settings: { screen: 'pickup', language: 'ar' } });
  const { page } = screen;
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  for (const [width, height] of [
    [800, 480],
    [1280, 800],
    [1920, 1080],
    [390, 844],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const [status, orders] of [
      ['ready', ready],
      ['preparing', preparing],
    ] as const) {
      await expect(numbers(page, status)).toHaveCount(orders.length);
      const isInside = () =>
        numbers(page, status).evaluateAll((all) =>
          all.every((one) => {
            const list = one.parentElement?.getBoundingClientRect();
            const text = one.firstElementChild?.getBoundingClientRect();
            return (
              list !== undefined &&
              text !== undefined &&
              text.left >= list.left - 1 &&
              text.right <= list.right + 1 &&
              text.bottom <= list.bottom + 1
            );
          }),
        );
      await expect.poll(isInside, `${status} on ${width}x${height}`).toBe(true);
    }
    const [first, second] = await Promise.all(
      ['preparing', 'ready'].map((status) => page.locator(`section[data-status=${status}]`).boundingBox()),
    );
    if (width > height) expect(first?.x).toBeGreaterThan(second?.x ?? Number.POSITIVE_INFINITY);
  }
});
