import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('[A1] the alarm stops with the last unseen order, not with the first', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const [first, second] = [await shop.order(), await shop.order()];
  await screen.expectStatus(second, 'pending');
  await screen.bump(first);
  await screen.expectStatus(first, 'preparing');
  await screen.expectAlarm(true);
  await screen.bump(second);
  await screen.expectAlarm(false);
});

test('the flashing edge covers nothing and moves nothing when it appears', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const order = await shop.order({ status: 'preparing' });
  await screen.expectStatus(order, 'preparing');
  const header = screen.page.getByRole('banner');
  const before = await header.boundingBox();
  await shop.order();
  await screen.expectAlarm(true);
  expect(await header.boundingBox()).toEqual(before);
  const edge = await screen.mark('alarm').evaluate((alarm) => {
    const [width = '0'] = /(\d+)px(?=\s*inset|$)/.exec(getComputedStyle(alarm).boxShadow)?.slice(1) ?? [];
    return Number(width);
  });
  expect(edge).toBeGreaterThan(3);
  expect(before?.x).toBeGreaterThanOrEqual(edge);
  expect(before?.y).toBeGreaterThanOrEqual(edge);
});

test('[A1] no restart silences it, with or without a server', async ({ server, shop, openDisplay }) => {
  const screen = await openDisplay();
  await shop.order();
  await screen.expectAlarm(true);
  await server.stop('SIGKILL');
  await screen.powerCut();
  await screen.expectAlarm(true);
});
