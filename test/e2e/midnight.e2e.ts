import { join } from 'node:path';
import { expect } from '@playwright/test';
import { shiftedProcess } from '#test/support/shifted-clock.ts';
import { test } from './support/fixtures.ts';
import { createServer } from './support/server.ts';
import { createShop } from './support/shop.ts';

const HOUR_MS = 3_600_000;

// One of the twelve sentences; apart, since it waits half a minute and would run alone after the others.
test('over midnight: ages and statistics right', async ({ dir, openDisplay }) => {
  test.slow();
  // The server's clock is just before midnight in the shop (UTC+4); the display's clock is hours off.
  const midnight = (Math.floor((Date.now() + 4 * HOUR_MS) / (24 * HOUR_MS)) + 1) * 24 * HOUR_MS - 4 * HOUR_MS;
  const shift = midnight - 30_000 - Date.now();
  const night = await createServer(join(dir, 'night'), shiftedProcess(shift));
  try {
    const shop = await createShop(night.url, 'night');
    const screen = await openDisplay({ serverUrl: night.url, token: await shop.displayToken('Night') });
    const before = await shop.order({ placedAt: new Date(Date.now() + shift - 6 * 60_000).toISOString() });
    await expect(screen.mark('stats-orders')).toContainText('1');
    await expect(screen.ticket(before)).toHaveAttribute('data-age', 'warning');
    expect(before.number).toBe('1');
    await screen.page.waitForTimeout(Math.max(0, midnight - shift - Date.now()) + 500);
    const after = await shop.order();
    await screen.expectStatus(after, 'pending');
    // The new day has its own figures, and order numbers restart; the old order keeps its age.
    expect(after.number).toBe('1');
    await expect(screen.mark('stats-orders')).toContainText(/\b1\b/);
    await expect(screen.ticket(before)).toHaveAttribute('data-age', 'warning');
    await expect(screen.ticket(before).getByTestId('ticket-age')).toHaveText(/^\D*0?[67]:[0-5]\d\D*$/);
    await expect(screen.ticket(after).getByTestId('ticket-age')).toHaveText(/^\D*0?0:[0-5]\d\D*$/);
  } finally {
    await night.stop();
  }
});
