import { expect, it } from 'vitest';
import { createWooCommerceService } from '#server/sources/woocommerce/testing/woocommerce-service.ts';
import { runSources } from './run-sources.ts';

it('has each order of a shop once and in its newest state after a kill, and has said each status once', {
  timeout: 180_000,
}, async () => {
  const createFake = createWooCommerceService;
  const measured = { rung: 0, silent: 0 };
  const { violations, cooked } = await runSources({ createFake, orders: 25, kills: 1, seed: 7, measured });
  expect(violations).toEqual([]);
  expect(cooked).toBeGreaterThan(0);
});
