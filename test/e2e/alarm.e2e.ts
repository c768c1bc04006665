import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('[A1] the edge covers and moves nothing, stays on with reduced motion, and goes with the last unseen order', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ page: { reducedMotion: 'reduce' } });
  const seen = await shop.order({ status: 'preparing' });
  await screen.expectStatus(seen, 'preparing');
  const header = screen.page.getByRole('banner');
  const before = await header.boundingBox();
  const [first, second] = [await shop.order(), await shop.order()];
  await screen.expectStatus(second, 'pending');
  await screen.expectAlarm(true);
  expect(await header.boundingBox()).toEqual(before);
  const edge = await screen.mark('alarm').evaluate((alarm) => {
    const { animationName, boxShadow, opacity } = getComputedStyle(alarm);
    const [width = '0'] = /([\d.]+)px(?=\s*inset|$)/.exec(boxShadow)?.slice(1) ?? [];
    return { animationName, opacity, width: Number(width) };
  });
  expect(edge).toMatchObject({ animationName: 'none', opacity: '1' });
  expect(edge.width).toBeGreaterThan(3);
  expect(before?.x).toBeGreaterThanOrEqual(edge.width);
  expect(before?.y).toBeGreaterThanOrEqual(edge.width);
  await screen.bump(first);
  await screen.expectStatus(first, 'preparing');
  await screen.expectAlarm(true);
  await screen.bump(second);
  await screen.expectAlarm(false);
});

test('[A1] no restart silences it, with or without a server', async ({ server, shop, openDisplay }) => {
  const screen = await openDisplay({ ownProcess: true });
  await shop.order();
  await screen.expectAlarm(true);
  await server.stop('SIGKILL');
  await screen.powerCut();
  await screen.expectAlarm(true);
});

test('[A1] the strip has the number of every unseen order, and a tap on one brings its ticket on the screen', async ({
  shop,
  openDisplay,
}) => {
  const placed = await shop.orders(7);
  const last = placed.at(-1);
  if (!last) throw new Error('no order');
  const columns = await openDisplay({ name: 'Columns', settings: { layout: 'columns' } });
  const grid = await openDisplay({ name: 'Grid' });
  for (const screen of [columns, grid]) {
    const numbers = screen.mark('strip-unseen').getByTestId('unseen-order');
    await expect(numbers).toHaveText(placed.map(({ number }) => number));
    await numbers.last().click();
    await expect(screen.ticket(last).getByTestId('ticket-action')).toBeInViewport();
  }
});

test('[A1] the button for "seen" keeps its place when the bell is silenced', async ({ host, shop, openDisplay }) => {
  const screen = await openDisplay();
  if (host === 'browser') await screen.page.getByRole('button', { name: 'Turn sound on' }).click();
  await shop.orders(2);
  const seen = screen.page.getByRole('button', { name: 'I have seen them' });
  const before = await seen.boundingBox();
  await screen.page.getByRole('button', { name: 'Silence 10 min' }).click();
  await expect(screen.page.getByRole('button', { name: 'Ring again' })).toBeVisible();
  expect(await seen.boundingBox()).toEqual(before);
});
