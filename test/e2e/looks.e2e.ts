import { expect } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

const GRILL = { id: 'grill', name: 'Grill', stations: ['grill'], names: [] };

test('axe finds nothing in the dialogs, offline, and on an empty board', async ({ server, shop, openDisplay }) => {
  const screen = await openDisplay();
  const { page } = screen;
  await screen.expectLink('live');
  await expectNoViolations(page);
  const order = await shop.order();
  await screen.more(order);
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await screen.mark('settings').click();
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await server.stop('SIGKILL');
  await screen.expectLink('offline');
  await screen.bump(order);
  await screen.expectPending(order, true);
  await expectNoViolations(page);
});

test('on 800×480 every open ticket can be reached and bumped, clock and station stay, and nothing is cut off at the side', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  const orders = await Promise.all(['pending', 'preparing', 'ready'].map((status) => shop.order({ status })));
  for (const order of orders) {
    const action = screen.ticket(order).getByTestId('ticket-action');
    await action.scrollIntoViewIfNeeded();
    const box = await action.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(47.9);
    expect(box && box.x >= 0 && box.x + box.width <= 800).toBe(true);
  }
  for (const order of orders) await screen.bump(order);
  await expect
    .poll(async () => (await Promise.all(orders.map(shop.read))).map(({ status }) => status))
    .toEqual(['preparing', 'ready', 'completed']);
  await changeSettings(screen.page, { screen: 'station', stationId: 'grill', stations: [GRILL] });
  await expect(screen.mark('screen-name')).toHaveText('Grill');
  for (const part of [screen.mark('screen-name'), screen.page.locator('header time')]) {
    await expect(part).toBeInViewport({ ratio: 1 });
    await expect(part).toHaveText(/^(Grill|\d\d:\d\d)$/);
  }
  expect(await screen.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(800);
});

test('the head of a ticket keeps the number of its table and its due time, and its button, on every screen', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  const order = await shop.order({
    ...{ fulfilment: 'dine_in', table: '24', covers: 12, priority: true },
    ...{ source: 'woocommerce', externalId: 'wc-2024-0011875', customer: { name: 'Bartholomew Featherstonehaugh' } },
    dueAt: new Date(Date.now() + 60 * 60_000).toISOString(),
  });
  const head = screen.ticket(order).getByTestId('ticket-head');
  for (const layout of ['grid', 'columns'] as const)
    for (const [width, height] of [
      [800, 480],
      [1280, 800],
      [1920, 1080],
    ] as const)
      for (const language of ['en', 'ka', 'ar'] as const) {
        await page.setViewportSize({ width, height });
        await changeSettings(page, { layout, language });
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(screen.mark('board')).toHaveAttribute('data-layout', layout);
        await expect(screen.ticket(order).getByTestId('ticket-table')).toContainText('24');
        await expect.poll(() => head.evaluate(outsideOf), { message: `${layout} ${width} ${language}` }).toEqual([]);
      }
});

/** Runs in the page: what is cut off of the table, the due time and the label of the button, and what lies on another. */
function outsideOf(head: HTMLElement): string[] {
  const place = (one: Element) => one.getBoundingClientRect();
  const { left, right, top, bottom } = place(head);
  const parts = [...head.querySelectorAll('[data-testid=ticket-table], [data-testid=ticket-due], button > span')];
  const isCut = (part: Element) => {
    const at = place(part);
    const isOutside = at.left < left - 1 || at.right > right + 1 || at.top < top - 1 || at.bottom > bottom + 1;
    return isOutside || part.scrollWidth > part.clientWidth + 1;
  };
  const onAnother = (a: Element, b: Element) => {
    const [one, other] = [place(a), place(b)];
    const isBeside = one.right <= other.left + 1 || other.right <= one.left + 1;
    return !isBeside && one.top < other.bottom - 3 && other.top < one.bottom - 3;
  };
  return parts.flatMap((part, i) => [
    ...(isCut(part) ? [`${part.textContent} is cut`] : []),
    ...parts
      .slice(i + 1)
      .flatMap((other) => (onAnother(part, other) ? [`${part.textContent} on ${other.textContent}`] : [])),
  ]);
}

test('the page makes requests to its own host only', async ({ host, shop, openDisplay }) => {
  test.skip(host === 'electron', 'there the page has no host; app:// and its policy are tested with the shell');
  const screen = await openDisplay();
  const strangers: string[] = [];
  const own = new URL(screen.page.url()).origin;
  screen.page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== own) strangers.push(request.url());
  });
  const broken: string[] = [];
  screen.page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  await screen.page.reload();
  await shop.orders(2);
  await expect(screen.page.getByTestId('ticket')).toHaveCount(2);
  expect({ strangers, broken }).toEqual({ strangers: [], broken: [] });
});
