import { expect, type Locator, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import type { SettingsPatch } from '#contract/settings.ts';
import type { Status } from '#contract/status.ts';
import { createRandom } from '../../scripts/feed/random.ts';
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
const inside = async (inner: Locator, outer: Locator): Promise<boolean> => {
  const [a, b] = [await inner.boundingBox(), await outer.boundingBox()];
  if (!a || !b) return false;
  return a.x >= b.x - 1 && a.y >= b.y - 1 && a.x + a.width <= b.x + b.width + 1 && a.y + a.height <= b.y + b.height + 1;
};

const boxes = (page: Page): Promise<Record<string, string>> =>
  page.getByTestId('pages').evaluate((pages) => {
    const found: Record<string, string> = {};
    for (const ticket of pages.querySelectorAll<HTMLElement>('[data-testid=ticket]')) {
      const { left, top } = ticket.getBoundingClientRect();
      found[ticket.dataset.orderId ?? ''] = `${Math.round(left)} ${Math.round(top)}`;
    }
    return found;
  });
const shownNow = (page: Page): Promise<string[]> =>
  page.getByTestId('pages').evaluate((pages) => {
    const { left, right } = pages.getBoundingClientRect();
    return [...pages.querySelectorAll<HTMLElement>('[data-testid=ticket]')].flatMap((ticket) => {
      const [head] = ticket.getClientRects();
      return head && head.left >= left - 1 && head.right <= right + 1 ? [ticket.dataset.orderId ?? ''] : [];
    });
  });

test('what is to be made, oldest first, in pages; another page stays while orders come in, then the first comes back', async ({
  shop,
  openDisplay,
}) => {
  const placed = await orders(shop, 30);
  const ready = await shop.order({ status: 'ready', placedAt: AT(0) });
  const screen = await openDisplay();
  const all = placed.map(({ id }) => id);
  const first = async () => (await shownNow(screen.page)).length;
  await expect.poll(first).toBeGreaterThan(6);
  const perPage = await first();
  await expect.poll(() => shownNow(screen.page)).toEqual(all.slice(0, perPage));
  await expect(screen.mark('page-at')).toHaveText(/^1 \/ [2-9]$/);
  const next = await screen.mark('page-next').boundingBox();
  expect(Math.min(next?.width ?? 0, next?.height ?? 0)).toBeGreaterThanOrEqual(48);
  await screen.mark('page-next').click();
  const second = () => shownNow(screen.page);
  await expect.poll(second).toEqual(all.slice(perPage, 2 * perPage));
  // However long it takes until both are on the screen.
  const finger = await keepTouching(screen.page);
  await shop.order({ items: SHORT });
  await shop.patch(placed[perPage + 1] as Order, { priority: false, note: 'ring the bell' });
  await expect(screen.ticket(placed[perPage + 1] as Order)).toContainText('ring the bell');
  expect((await second())[0]).toBe(all[perPage]);
  await screen.page.evaluate((timer) => clearInterval(timer), finger);
  await expect(screen.ticket(ready)).toHaveAttribute('data-status', 'ready');
  await expect.poll(() => shownNow(screen.page), { timeout: 20_000 }).toEqual(all.slice(0, perPage));
});

test('a large order goes on in the next columns and nothing of it is cut off, on any size of screen', async ({
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
  const screen = await openDisplay();
  for (const [width, height] of [
    [800, 480],
    [1280, 800],
  ] as const) {
    await screen.page.setViewportSize({ width, height });
    const ticket = screen.ticket(large);
    await expect(ticket).toBeVisible();
    for (const part of await ticket.locator('[data-testid=ticket-item], [data-testid=ticket-head]').all()) {
      await part.scrollIntoViewIfNeeded();
      await expect.poll(() => inside(part, screen.mark('pages'))).toBe(true);
    }
    await ticket.getByText('ring the bell').scrollIntoViewIfNeeded();
    await expect(ticket.getByText('ring the bell')).toBeInViewport();
    await screen.page.keyboard.press('Home');
  }
});

test('density and text size change the tickets per page, and every head keeps 48 px', async ({ shop, openDisplay }) => {
  await orders(shop, 40);
  const screen = await openDisplay({ settings: { density: 'compact' } });
  const count = async () => (await shownNow(screen.page)).length;
  const head = screen.mark('ticket-head');
  let before = Number.POSITIVE_INFINITY;
  for (const look of [
    { density: 'compact' },
    { density: 'comfortable' },
    { density: 'large' },
    { density: 'large', textSize: 1.6 },
  ] as const) {
    await changeSettings(screen.page, look);
    await expect.poll(count).toBeLessThan(before);
    before = await count();
    expect((await head.boundingBox())?.height).toBeGreaterThanOrEqual(47.9);
  }
});

/** By the page's clock: this one may be slow. */
const keepTouching = (page: Page) =>
  page.evaluateHandle(() => {
    const touch = () => window.dispatchEvent(new PointerEvent('pointermove'));
    touch();
    return setInterval(touch, 200);
  });

test('a banner that needs room moves no ticket while somebody touches the screen', async ({
  shop,
  link,
  openDisplay,
}) => {
  await Promise.all(Array.from({ length: 12 }, () => shop.order()));
  const screen = await openDisplay({ serverUrl: link.url, page: { viewport: { width: 1024, height: 600 } } });
  const { page } = screen;
  await expect(page.getByTestId('ticket')).toHaveCount(12);
  await screen.expectLink('live');
  const height = () => screen.mark('page').evaluate((element) => (element as HTMLElement).offsetHeight);
  const room = () => screen.mark('board').evaluate((element) => element.clientHeight);
  const [before, roomBefore, places] = [await height(), await room(), await boxes(page)];
  // Until the banner of the lost link stands beside that of the new orders.
  const finger = await keepTouching(page);
  await link.cut();
  await expect.poll(room).toBeLessThan(roomBefore);
  expect(await height()).toBe(before);
  expect(await boxes(page)).toEqual(places);
  await page.evaluate((timer) => clearInterval(timer), finger);
  await expect.poll(height).toBeLessThan(before);

  // A tablet that is turned shows the tickets at once.
  await page.mouse.move(300, 5);
  await page.setViewportSize({ width: 1024, height: 800 });
  await expect.poll(height, { timeout: 1_500 }).toBeGreaterThan(before);
});

test('no ticket but the bumped one moves within two seconds of a touch; then the rest closes up', async ({
  shop,
  openDisplay,
}) => {
  const placed = await orders(shop, 8);
  const screen = await openDisplay();
  await expect.poll(async () => Object.keys(await boxes(screen.page)).length).toBe(8);
  const before = await boxes(screen.page);
  const [first] = placed as [Order];
  await screen.bump(first);
  const placing = shop.order({ status: 'preparing', placedAt: AT(0), priority: true, items: SHORT });
  const status = () => screen.ticket(first).getAttribute('data-status');
  // Touched until both are on the screen, however long that takes.
  const touchUntil = async (isTrue: () => Promise<boolean>): Promise<void> => {
    for (let at = 0; !(await isTrue()); at++) await screen.page.mouse.move(5 + (at % 2), 5);
  };
  await touchUntil(async () => (await status()) === 'ready');
  const rush = await placing;
  await touchUntil(() => screen.ticket(rush).isVisible());
  const { [first.id]: _, ...others } = before;
  expect(await boxes(screen.page)).toMatchObject(others);
  await expect
    .poll(() => shownNow(screen.page), { timeout: 10_000 })
    .toEqual([rush.id, ...placed.slice(1).map(({ id }) => id)]);
  await expect.poll(async () => (await boxes(screen.page))[rush.id]).toBe(before[first.id]);
});

test('a tap just after tickets have moved hits none of them', async ({ shop, openDisplay }) => {
  const [first, second] = (await orders(shop, 2)) as [Order, Order];
  const { page, ...screen } = await openDisplay();
  await expect(screen.ticket(second)).toBeVisible();
  const box = await screen.ticket(first).boundingBox();
  const hits = page.getByTestId('pages').evaluateHandle((pages, at) => {
    const found: (string | undefined)[] = [];
    const look = () => {
      const hit = document.elementFromPoint(at.x + 20, at.y + 20)?.closest<HTMLElement>('[data-testid=ticket]');
      found.push(hit?.dataset.orderId);
    };
    new MutationObserver(look).observe(pages, { attributeFilter: ['data-raised'], subtree: true });
    return found;
  }, box ?? { x: 0, y: 0 });
  await hits;
  await shop.setStatus(first, 'ready');
  // While the tickets ignore taps, and afterwards.
  await expect.poll(async () => (await hits).jsonValue()).toEqual([undefined, second.id]);
});

test('a tick moves nothing, on however full a line; a note that comes later makes room for itself', async ({
  shop,
  openDisplay,
}) => {
  const items = Array.from({ length: 3 }, (_, i) => ({
    id: `i${i}`,
    name: 'Dumpling'.padEnd(12 + 3 * i, ' mmm'),
    quantity: 1,
  }));
  const long = await shop.order({ status: 'preparing', placedAt: AT(0), items });
  const [first, second] = (await orders(shop, 2, { placedAt: AT(1) })) as [Order, Order];
  const { page, ...screen } = await openDisplay();
  await expect.poll(async () => Object.keys(await boxes(page)).length).toBe(3);
  const before = await boxes(page);
  // All but the last, after which the order would be ready.
  for (const item of (await screen.ticket(long).getByTestId('ticket-item').all()).slice(0, -1)) {
    await item.click();
    await expect(item).toHaveAttribute('aria-pressed', 'true');
  }
  expect(await boxes(page)).toEqual(before);

  const slot = page.getByTestId('ticket-slot').filter({ has: screen.ticket(first) });
  await expect(slot).toHaveAttribute('data-fixed', 'true');
  await shop.patch(first, { note: 'ring the bell, and then the other bell as well, because the gate sticks' });
  await expect(screen.ticket(first)).toContainText('ring the bell');
  await expect.poll(async () => (await boxes(page))[second.id]).not.toBe(before[second.id]);
  const [grown, next] = await Promise.all([first, second].map((order) => screen.ticket(order).boundingBox()));
  const isBelow = (next?.y ?? 0) > (grown?.y ?? 0) + (grown?.height ?? 0);
  expect(isBelow || (next?.x ?? 0) > (grown?.x ?? 0)).toBe(true);
});

test('at a station too the columns fill the width, no word breaks in large type, and another station leaves no gaps', async ({
  shop,
  openDisplay,
}) => {
  const items = ['Mushrooms', 'Khachapuri', 'Vegetables', 'Strawberries'].map((name, i) => ({
    id: `i${i}`,
    name,
    quantity: 1,
  }));
  for (let i = 0; i < 9; i++) await shop.order({ status: 'preparing', placedAt: AT(i), items });
  const [tea] = (await orders(shop, 1, { placedAt: AT(9) })) as [Order];
  const stations = [
    { id: 'all', name: 'All', stations: [], names: items.map(({ name }) => name) },
    { id: 'bar', name: 'Bar', stations: [], names: ['Tea'] },
  ];
  const settings: SettingsPatch = { stations, screen: 'station', stationId: 'all', textSize: 1.6 };
  const screen = await openDisplay({ settings });
  for (const [width, height] of [
    [800, 480],
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await screen.page.setViewportSize({ width, height });
    const look = () =>
      screen.mark('page').evaluate((page) => {
        const room = page.getBoundingClientRect();
        const seen = [...page.querySelectorAll('[data-testid=ticket]')]
          .flatMap((ticket) => [...ticket.getClientRects()])
          .filter(({ right }) => right <= room.right + 1);
        const words = [...page.querySelectorAll('[data-testid=ticket-item] bdi')];
        return {
          isFilled: Math.max(...seen.map(({ right }) => right)) > room.right - 20,
          broken: words.filter((word) => word.getClientRects().length > 1).map(({ textContent }) => textContent),
        };
      });
    await expect.poll(look, `${width} × ${height}`).toEqual({ isFilled: true, broken: [] });
  }

  // Nobody waits for tickets of a station that a person has just left, though a finger is on the screen.
  const first = await screen.mark('ticket').boundingBox();
  await keepTouching(screen.page);
  await changeSettings(screen.page, { stationId: 'bar' });
  const place = async () => (await screen.ticket(tea).boundingBox())?.x;
  await expect.poll(place, { timeout: 8_000 }).toBe(first?.x);
});

test('what is ready stands in one row, and one tap hands it over; the others keep their places', async ({
  shop,
  openDisplay,
}) => {
  const made: Order[] = [];
  for (let i = 0; i < 12; i++)
    made.push(await shop.order({ status: 'ready', placedAt: AT(i), customer: { name: `Guest ${i}` } }));
  const [one, two] = made as [Order, Order];
  const screen = await openDisplay();
  const strip = screen.mark('ready-strip');
  await expect(strip).toContainText('12');
  await expect(strip.getByTestId('ticket')).not.toHaveCount(0);
  await expect(strip.getByTestId('ready-more')).toContainText('more');
  const place = await screen.ticket(two).boundingBox();
  const finger = await keepTouching(screen.page);
  await screen.bump(one);
  await shop.expect(one, { status: 'completed' });
  await expect(strip).toContainText('11');
  expect(await screen.ticket(two).boundingBox()).toEqual(place);
  await screen.page.evaluate((timer) => clearInterval(timer), finger);
  await expect.poll(async () => (await screen.ticket(two).boundingBox())?.x).toBeLessThan(place?.x ?? 0);
  await strip.getByTestId('ready-more').click();
  await expect(screen.page.locator('#tab-ready')).toHaveAttribute('aria-selected', 'true');
});

test('after two hundred taps on sixty open orders the oldest is on the screen', async ({ shop, openDisplay }) => {
  const placed = await orders(shop, 60);
  const screen = await openDisplay();
  await expect(screen.page.getByTestId('pages').getByTestId('ticket')).toHaveCount(60);
  const random = createRandom(60);
  const { width = 0, height = 0 } = screen.page.viewportSize() ?? {};
  for (let i = 0; i < 200; i++) {
    await screen.page.mouse.click(random.int(10, width - 10), random.int(90, height - 130));
    if (i % 20 === 0) await screen.page.keyboard.press('Escape');
  }
  await screen.page.keyboard.press('Escape');
  const open = new Set<string>();
  for (const order of placed)
    if (['pending', 'preparing'].includes((await shop.read(order)).status)) open.add(order.id);
  const oldest = placed.find(({ id }) => open.has(id));
  await expect.poll(async () => (await shownNow(screen.page))[0], { timeout: 30_000 }).toBe(oldest?.id);
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

test('a column shows how many tickets are below, a view of one status how many pages, and both highlight new ones', async ({
  shop,
  openDisplay,
}) => {
  await orders(shop, 12);
  await shop.orders(8);
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  const below = (column: string) => screen.page.locator(`[data-column=${column}]`).getByTestId('below');
  await expect(below('pending')).toHaveText(/^\d+ new below$/);
  await expect(below('preparing')).toHaveText(/^\d+ more below$/);
  await expect(below('ready')).toHaveCount(0);
  await screen.page
    .locator('[data-column=preparing] [data-scroller]')
    .evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(below('preparing')).toHaveCount(0);

  // A view of one status has pages, whichever layout is set.
  const { page } = screen;
  await page.setViewportSize({ width: 800, height: 480 });
  for (const layout of ['columns', 'grid'] as const) {
    await changeSettings(page, { layout });
    await page.locator('#tab-pending').click();
    await expect(screen.mark('page-at')).toHaveText(/^1 \/ [2-9]$/);
    await expect(screen.mark('page-next')).toHaveText(/\d new/);
    await page.locator('#tab-preparing').click();
    await expect(screen.mark('page-at')).toHaveText(/^1 \/ [2-9]$/);
    await expect(page.getByTestId('ticket-slot')).toHaveCount(12);
    expect(await screen.mark('pages').evaluate(holesIn)).toEqual([]);
  }
});

/** Runs in the page: px between tickets that follow each other in a column, where there is any room. */
function holesIn(pages: Element): number[] {
  const parts = [...pages.querySelectorAll('[data-testid=ticket-slot]')].flatMap((slot) => [...slot.getClientRects()]);
  return parts
    .map((part, i) => (parts[i - 1]?.left === part.left ? Math.round(part.top - (parts[i - 1]?.bottom ?? 0)) : 0))
    .filter((px) => px !== 0);
}

test('no visible ticket moves while other orders change, come and go', async ({ shop, openDisplay }) => {
  const placed = await orders(shop, 24);
  const at = (i: number) => placed[i] as Order;
  const screen = await openDisplay({ settings: { layout: 'columns' } });
  await expect(screen.page.locator('[data-stack]').getByTestId('ticket')).toHaveCount(24);
  // Neighbours: one in each of the two stacks.
  const [picked, beside] = [screen.ticket(at(14)), screen.ticket(at(15))];
  await picked.scrollIntoViewIfNeeded();
  await picked.focus();
  await expect(beside).toBeInViewport();
  const places = async () => {
    // What is measured between two frames was never painted.
    await screen.page.evaluate(
      () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
    );
    return [await picked.boundingBox(), await beside.boundingBox()].map((box) => box?.y ?? Number.NaN);
  };
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
