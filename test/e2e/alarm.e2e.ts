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
  const screen = await openDisplay();
  await shop.order();
  await screen.expectAlarm(true);
  await server.stop('SIGKILL');
  await screen.powerCut();
  await screen.expectAlarm(true);
});
