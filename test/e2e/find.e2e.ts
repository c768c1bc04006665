import { expect, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';

const found = (page: Page, { id }: Order) => page.locator(`[data-testid=found][data-order-id="${id}"]`);

test('finds an order by number, name, phone, dish and shop number, in any script, done or not, by keys alone', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  const nino = await shop.order({
    number: 'A7',
    externalId: 'wolt-5531',
    customer: { name: 'Нино Ёлкина', phone: '+995 599 12-34-56' },
  });
  const thai = await shop.order({ customer: { name: 'ญาดา' }, items: [{ name: 'Crème brûlée', quantity: 3 }] });
  for (const status of ['preparing', 'ready', 'completed']) await shop.setStatus(nino, status);
  await screen.expectStatus(thai, 'pending');
  await screen.expectLink('live');
  await page.keyboard.press('/');
  const field = screen.mark('search');
  await expect(field).toBeFocused();
  await expect(screen.mark('searched')).toHaveAttribute('data-from', 'server');
  await expect(page.getByTestId('found')).toHaveCount(2);
  for (const q of ['a7', 'елкина', '599123', '5531']) {
    await field.fill(q);
    await expect(found(page, nino)).toBeVisible();
    await expect(found(page, thai)).toHaveCount(0);
  }
  for (const q of ['ญาดา', 'creme BRU']) {
    await field.fill(q);
    await expect(found(page, thai)).toBeVisible();
    await expect(found(page, nino)).toHaveCount(0);
  }
  await field.fill('nobody');
  await expect(screen.mark('searched')).toContainText('Nothing found');
  await expectNoViolations(page);
  await field.fill('');
  await expect(page.getByTestId('found')).toHaveCount(2);
  await expectNoViolations(page);
  await page.keyboard.press('ArrowDown');
  await expect(found(page, nino)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(screen.mark('order-sheet')).toContainText('A7');
  await page.keyboard.press('Escape');
  await expect(screen.mark('order-sheet')).toHaveCount(0);
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
});

test('searches the local copy without a network, after a power cut too, and says that older orders are not in it', async ({
  shop,
  server,
  openDisplay,
}) => {
  const screen = await openDisplay({ ownProcess: true });
  const order = await shop.order({ number: 'B12' });
  for (const status of ['preparing', 'ready', 'completed']) await shop.setStatus(order, status);
  await screen.expectStatus(await shop.order(), 'pending');
  await screen.expectLink('live');
  await server.stop('SIGKILL');
  await screen.powerCut();
  await screen.expectLink('connecting', 'offline');
  await screen.mark('open-search').click();
  await screen.mark('search').fill('b12');
  await expect(found(screen.page, order)).toBeVisible();
  const where = screen.mark('searched');
  await expect(where).toHaveAttribute('data-from', 'copy');
  await expect(where).toContainText('the last 8 days');
  await expect(where).toContainText(/No link to the server: this is as it was at \d\d:\d\d/);
  await screen.mark('search').fill('nobody');
  await expect(where).toContainText('Nothing found');
  await expect(where).toContainText('older orders are not in this list');
});

test('shows the whole history of an order: who, what and when; offline, what this screen has seen, and says so', async ({
  shop,
  link,
  openDisplay,
}) => {
  const screen = await openDisplay({ serverUrl: link.url });
  const { page } = screen;
  const order = await shop.order({ number: '117', fulfilment: 'delivery' });
  await screen.bump(order);
  await screen.expectSettled(order, 'preparing');
  await shop.patch(order, {
    priority: true,
    note: 'no onion',
    dueAt: '2027-01-01T16:30:00.000Z',
    items: [
      { id: 'i1', name: 'Khachapuri', quantity: 3, modifiers: [{ name: 'extra cheese' }], note: 'no egg' },
      { id: 'i3', name: 'Soup', quantity: 1 },
    ],
  });
  await shop.setPayment(order, 'paid', 'card');
  await expect(screen.ticket(order)).toContainText('no onion');
  await screen.expectLink('live');
  await screen.more(order);
  const story = screen.mark('story');
  await expect(story).toHaveAttribute('data-whole', 'true');
  const lines = story.getByTestId('story-line');
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(0)).toContainText('came in from web');
  await expect(lines.nth(0)).toContainText('Web shop · shop system');
  await expect(lines.nth(1)).toContainText('New › Preparing');
  await expect(lines.nth(1)).toContainText('Pass · screen');
  for (const words of ['put first', 'promised for 20:30', 'note: “no onion”', 'added: 1 × Soup'])
    await expect(lines.nth(2)).toContainText(words);
  await expect(lines.nth(2)).toContainText('removed: 1 × Tarragon lemonade');
  await expect(lines.nth(2)).toContainText('changed, now: 3 × Khachapuri');
  await expect(lines.nth(3)).toContainText('payment: Unpaid › Paid (card)');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');

  await link.cut();
  await screen.expectLink('connecting', 'offline');
  await screen.bump(order);
  await screen.expectPending(order, true);
  await screen.more(order);
  await expect(story).toHaveAttribute('data-whole', 'false');
  await expect(story).toHaveAttribute('data-state', 'offline');
  await expect(story).toContainText('Only what this screen has seen');
  await expect(lines.filter({ hasText: 'Preparing' })).toHaveCount(1);
  await expect(story.getByTestId('story-waiting')).toContainText('tapped: Ready');
});

test('[A1] a filtered board says so and how much is hidden, and never hides an unseen order', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  const pickup = await shop.order({ number: '1', status: 'preparing' });
  const delivery = await shop.order({ number: '2', status: 'preparing', fulfilment: 'delivery' });
  await screen.expectStatus(delivery, 'preparing');
  await screen.mark('open-search').click();
  await screen.mark('filter').click();
  await expect(page.getByRole('group', { name: 'Type', exact: true })).toBeVisible();
  await page.locator('[data-filter="fulfilments delivery"]').click();
  await expect(found(page, delivery)).toBeVisible();
  await expect(found(page, pickup)).toHaveCount(0);
  await expectNoViolations(page);
  await screen.mark('filter-board').click();
  const banner = screen.mark('strip-filter');
  await expect(banner).toContainText('Filter is on: Delivery');
  await expect(banner).toContainText('1 open order cannot be seen');
  await expect(screen.ticket(pickup)).toHaveCount(0);
  await expect(screen.ticket(delivery)).toBeVisible();

  const unseen = await shop.order({ number: '3' });
  await screen.expectStatus(unseen, 'pending');
  await screen.expectAlarm(true);
  // Both banners together leave room for the board.
  expect((await page.getByRole('region', { name: 'Needs attention' }).boundingBox())?.height).toBeLessThan(130);
  await expectNoViolations(page);
  await screen.bump(unseen);
  await expect(banner).toContainText('2 open orders cannot be seen');
  await expect(screen.ticket(unseen)).toHaveCount(0);
  await banner.getByRole('button', { name: 'Show all' }).click();
  await expect(banner).toHaveCount(0);
  await expect(screen.ticket(pickup)).toBeVisible();
  await screen.expectStatus(unseen, 'preparing');
});

test('prints an order 80 mm wide, headed BACKUP, with everything a cook needs and nothing else', async ({
  host,
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const { page } = screen;
  const order = await shop.order({
    number: '117',
    note: 'ring the bell',
    items: [
      { name: 'Badrijani', quantity: 2, modifiers: [{ name: 'no walnut' }], note: 'cut small', allergens: ['nuts'] },
    ],
  });
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
  });
  await page.reload();
  await screen.more(order);
  const slip = screen.mark('slip');
  await expect(slip).toBeHidden();
  // The installed app would use the machine's printer.
  if (host === 'browser') {
    await screen.mark('print').click();
    await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
  }
  await page.emulateMedia({ media: 'print' });
  await expect(slip).toBeVisible();
  await expect(page.getByTestId('board')).toBeHidden();
  await expect(screen.mark('order-sheet')).toBeHidden();
  for (const words of ['BACKUP', '117', 'Badrijani', 'no walnut', 'cut small', 'ALLERGY', 'nuts', 'ring the bell'])
    await expect(slip).toContainText(words);
  const millimetres = await slip.evaluate((element) => (element.getBoundingClientRect().width / 96) * 25.4);
  expect(Math.round(millimetres)).toBe(72);
});

test('badges: channel, shop number, how it leaves, paid; a scheduled order is separate and not late before its time', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay();
  const later = await shop.order({
    fulfilment: 'booking',
    source: 'web',
    externalId: 'web-later',
    placedAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
    dueAt: new Date(Date.now() + 3_600_000).toISOString(),
    payment: { status: 'paid', method: 'card' },
  });
  const broken = await shop.order({
    fulfilment: 'delivery',
    source: 'wolt',
    placedAt: new Date(Date.now() - 3_600_000).toISOString(),
    dueAt: new Date(Date.now() - 60_000).toISOString(),
  });
  const ticket = screen.ticket(later);
  await expect(ticket).toHaveAttribute('data-age', 'normal');
  for (const words of ['web', 'web-later', 'Booking', 'Paid', 'in 60 min']) await expect(ticket).toContainText(words);
  await expect(ticket.getByRole('img', { name: 'for later' })).toBeVisible();
  await expect(screen.page.getByTestId('ticket').last()).toHaveAttribute('data-order-id', later.id);
  await expect(screen.ticket(broken)).toHaveAttribute('data-age', 'late');
  await expect(screen.ticket(broken)).toContainText('Unpaid');
  await expect(screen.ticket(broken)).toContainText('Delivery');
  await expectNoViolations(screen.page);
});
