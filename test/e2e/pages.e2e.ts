import { expect, type Locator, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';
import type { Shop } from './support/shop.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const AT = (minute: number): string => new Date(Date.parse('2026-01-01T10:00:00.000Z') + minute * 60_000).toISOString();
const SHORT = [{ id: 'i1', name: 'Tea', quantity: 1 }];

async function orders(shop: Shop, count: number, change: Record<string, unknown> = {}): Promise<Order[]> {
  const placed: Order[] = [];
  for (let i = 0; i < count; i++)
    placed.push(await shop.order({ status: 'preparing', placedAt: AT(i), items: SHORT, ...change }));
  return placed;
}
const numbers = (page: Page): Promise<string[]> =>
  page.getByTestId('ticket').evaluateAll((all) => all.map((one) => one.getAttribute('data-order-id') ?? ''));
const inside = async (inner: Locator, outer: Locator): Promise<boolean> => {
  const [a, b] = [await inner.boundingBox(), await outer.boundingBox()];
  if (!a || !b) return false;
  return a.x >= b.x - 1 && a.y >= b.y - 1 && a.x + a.width <= b.x + b.width + 1 && a.y + a.height <= b.y + b.height + 1;
};

test('by time: pages with the set number of tickets, oldest first; the current page stays while orders come in', async ({
  shop,
  openDisplay,
}) => {
  const placed = await orders(shop, 10);
  const screen = await openDisplay({ settings: { layout: 'grid', ticketsPerPage: 4 } });
  const shown = () => numbers(screen.page);
  const ids = (from: number, to: number) => placed.slice(from, to).map(({ id }) => id);
  await expect.poll(shown).toEqual(ids(0, 4));
  await expect(screen.mark('page-at')).toHaveText('1 / 3');
  const next = await screen.mark('page-next').boundingBox();
  expect(Math.min(next?.width ?? 0, next?.height ?? 0)).toBeGreaterThanOrEqual(48);
  await screen.mark('page-next').click();
  await expect.poll(shown).toEqual(ids(4, 8));
  const late = await shop.order({ items: SHORT });
  await expect(screen.mark('page-next')).toHaveAttribute('data-unseen', 'true');
  await expect(screen.mark('page-next')).toContainText('1 new');
  await shop.patch(placed[5] as Order, { note: 'ring the bell' });
  await expect(screen.ticket(placed[5] as Order)).toContainText('ring the bell');
  expect(await shown()).toEqual(ids(4, 8));
  await screen.mark('page-next').click();
  await screen.expectStatus(late, 'pending');
  await expect.poll(shown).toEqual([...ids(8, 10), late.id]);
  await expect(screen.mark('page-next')).toBeDisabled();
  await screen.mark('page-back').click();
  await expect.poll(shown).toEqual(ids(4, 8));
});

test('a large order flows over cells and nothing of it is cut off, on any size of screen', async ({
  shop,
  openDisplay,
}) => {
  const items = Array.from({ length: 14 }, (_, i) => ({
    id: `i${i}`,
    name: `Dish number ${i} with a name that takes its time`,
    quantity: i + 1,
    ...(i % 3 === 0 && { note: 'not too hot, and with everything on the side please' }),
    ...(i % 4 === 0 && { allergens: ['nuts'] }),
  }));
  const [, large] = [await orders(shop, 1), await shop.order({ status: 'preparing', items, note: 'ring the bell' })];
  const screen = await openDisplay({ settings: { layout: 'grid', ticketsPerPage: 24 } });
  for (const [width, height] of [
    [800, 480],
    [1024, 600],
    [1280, 800],
    [3840, 2160],
  ] as const) {
    await screen.page.setViewportSize({ width, height });
    await screen.page.reload();
    await expect(screen.mark('page')).toBeVisible();
    const ticket = screen.ticket(large);
    // If it does not fit beside the first one, it is on the second page.
    await expect(ticket.or(screen.mark('page-next'))).toBeVisible();
    if (!(await ticket.isVisible())) await screen.mark('page-next').click();
    await expect(ticket).toBeVisible();
    const scrolls =
      (await screen.page.getByTestId('ticket-slot').filter({ has: ticket }).getAttribute('data-scrolls')) === 'true';
    for (const item of await ticket.getByTestId('ticket-item').all()) {
      // More than a whole page, as on the smallest screen, scrolls.
      if (scrolls) await item.scrollIntoViewIfNeeded();
      expect(await inside(item, screen.mark('pages'))).toBe(true);
      if (!scrolls) expect(await inside(item, ticket)).toBe(true);
    }
    await expect(ticket.getByText('ring the bell')).toBeInViewport();
    expect(await inside(ticket.getByTestId('ticket-action'), screen.mark('pages'))).toBe(true);
  }
});

test('text size and density change the tickets per page, and every button keeps 48 px', async ({
  shop,
  openDisplay,
}) => {
  await orders(shop, 12);
  const screen = await openDisplay({ settings: { layout: 'grid', ticketsPerPage: 24, density: 'compact' } });
  const count = () => screen.page.getByTestId('ticket').count();
  await expect.poll(count).toBe(12);
  for (const textSize of [0.8, 1.6]) {
    await changeSettings(screen.page, { density: 'comfortable', textSize });
    const button = screen.mark('ticket-action');
    await expect.poll(async () => (await button.boundingBox())?.height).toBeGreaterThanOrEqual(47.9);
  }
  await expect.poll(count).toBeLessThan(12);
});

test('the button of a short ticket stays visible beside a long one', async ({ shop, openDisplay }) => {
  const items = Array.from({ length: 20 }, (_, i) => ({ id: `i${i}`, name: `Dish ${i}`, quantity: 1 }));
  const long = await shop.order({ status: 'ready', items });
  const short = await shop.order({ status: 'ready', items: SHORT });
  for (const order of [long, short]) await shop.setStatus(order, 'completed');
  const screen = await openDisplay();
  await screen.page.locator('#tab-done').click();
  await expect(screen.ticket(long)).toBeVisible();
  await expect(screen.ticket(short).getByTestId('ticket-recall')).toBeInViewport();
});

test('a column shows how many tickets are below, and highlights new ones', async ({ shop, openDisplay }) => {
  await orders(shop, 12);
  await shop.orders(8);
  const screen = await openDisplay();
  const below = (column: string) => screen.page.locator(`[data-column=${column}]`).getByTestId('below');
  await expect(below('pending')).toHaveText(/^\d+ new below$/);
  await expect(below('preparing')).toHaveText(/^\d+ more below$/);
  await expect(below('ready')).toHaveCount(0);
  await screen.page
    .locator('[data-column=preparing] [data-scroller]')
    .evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(below('preparing')).toHaveCount(0);
});

test('no visible ticket moves while other orders change, come and go', async ({ shop, openDisplay }) => {
  const placed = await orders(shop, 24);
  const at = (i: number) => placed[i] as Order;
  const screen = await openDisplay();
  await expect(screen.page.getByTestId('ticket')).toHaveCount(24);
  // Neighbours: one in each of the two stacks.
  const [picked, beside] = [screen.ticket(at(14)), screen.ticket(at(15))];
  await picked.scrollIntoViewIfNeeded();
  await picked.focus();
  await expect(beside).toBeInViewport();
  const places = async () =>
    [await picked.boundingBox(), await beside.boundingBox()].map((box) => box?.y ?? Number.NaN);
  const [first = 0, second = 0] = await places();

  const says = (words: string) => (order: Order) => expect(screen.ticket(order)).toContainText(words);
  const is = (status: Status) => (order: Order) => screen.expectStatus(order, status);
  const rings = () => screen.expectAlarm(true);
  const isFirst = (order: Order) => expect(screen.ticket(order)).toHaveAttribute('data-priority', 'true');
  const steps: [what: string, change: () => Promise<Order>, shown: (order: Order) => Promise<void>][] = [
    ['one above grows', () => shop.patch(at(0), { note: 'ring the bell, and the gate sticks' }), says('ring the bell')],
    ['one below grows', () => shop.patch(at(20), { note: 'no onion' }), says('no onion')],
    ['a new one brings its strip', () => shop.order(), rings],
    ['one above leaves', () => shop.setStatus(at(0), 'ready'), is('ready')],
    ['one above leaves beside it', () => shop.setStatus(at(3), 'ready'), is('ready')],
    ['the last is put in front', () => shop.patch(at(23), { priority: true }), isFirst],
    ['the end leaves', () => shop.setStatus(at(22), 'ready'), is('ready')],
    ['one more comes at the end', () => shop.order({ status: 'preparing' }), is('preparing')],
    ['one above is cancelled', () => shop.setStatus(at(1), 'cancelled', 'no show'), is('cancelled')],
  ];
  for (const [what, change, shown] of steps) {
    await shown(await change());
    const [y = 0, besideY = 0] = await places();
    expect.soft(Math.abs(y - first), what).toBeLessThanOrEqual(1);
    expect.soft(Math.abs(besideY - second), `${what}, beside`).toBeLessThanOrEqual(1);
  }
  await expect(picked).toHaveAttribute('data-selected', 'true');
});
