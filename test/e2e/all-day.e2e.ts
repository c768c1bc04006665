import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

const KHACHAPURI = { id: 'a', name: 'Khachapuri', quantity: 2 };

test('all-day counts follow what is still to be made, with and without modifiers', async ({ shop, openDisplay }) => {
  const plain = await shop.order({ items: [KHACHAPURI] });
  await shop.order({ items: [{ ...KHACHAPURI, modifiers: [{ name: 'no egg' }] }] });
  const screen = await openDisplay();
  const bar = screen.mark('all-day').getByRole('listitem');
  await expect(bar).toHaveText([/^4 Khachapuri$/]);

  await screen.mark('open-all-day').click();
  const counts = screen.mark('all-day-panel').getByRole('listitem');
  await expect(counts).toHaveText(['4Khachapuri']);
  await screen.page.getByRole('button', { name: 'Split by modifier' }).click();
  await expect(counts).toHaveText(['2Khachapuri', '2Khachapurino egg']);
  await screen.page.keyboard.press('Escape');

  await screen.ticket(plain).getByTestId('ticket-item').click();
  await expect(bar).toHaveText([/^2 Khachapuri no egg$/]);
  await shop.setStatus(plain, 'cancelled', 'no show');
  await screen.expectStatus(plain, 'cancelled');
  await expect(bar).toHaveText([/^2 Khachapuri no egg$/]);
});

test('a large count stays on one line', async ({ shop, openDisplay }) => {
  const items = [7, 999, 9_001].map((quantity) => ({ id: `${quantity}`, name: `Dish ${quantity}`, quantity }));
  for (const item of items) await shop.order({ items: [item] });
  const screen = await openDisplay();
  await screen.mark('open-all-day').click();
  const counts = screen.mark('all-day-panel').locator('b');
  await expect(counts).toHaveText(['9001', '999', '7']);
  const boxes = await counts.evaluateAll((all) =>
    all.map((count) => {
      const text = document.createRange();
      text.selectNodeContents(count);
      return { lines: text.getClientRects().length, isWithin: count.scrollWidth <= count.clientWidth };
    }),
  );
  expect(boxes).toEqual(Array(3).fill({ lines: 1, isWithin: true }));
});

test('where counts do not fit, the number of hidden ones is shown and none is cut off', async ({
  shop,
  openDisplay,
}) => {
  const items = Array.from({ length: 20 }, (_, i) => ({ id: `i${i}`, name: `Dish of the day ${i}`, quantity: 1 }));
  await shop.order({ items });
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  await expect(screen.mark('open-all-day')).toHaveText(/Show all counts\s*\d+ more/);
  // It is measured again when fonts have come.
  await expect(async () => {
    const more = Number(/(\d+) more/.exec((await screen.mark('open-all-day').textContent()) ?? '')?.[1]);
    const whole = await screen.mark('all-day').evaluate((element) => {
      const list = element.querySelector('ul')?.getBoundingClientRect();
      const chips = [...element.querySelectorAll('li')].map((chip) => chip.getBoundingClientRect());
      const inSight = chips.filter((chip) => list && chip.top < list.bottom);
      return { count: inSight.length, cut: inSight.filter((chip) => list && chip.right > list.right + 1).length };
    });
    expect(whole).toEqual({ count: 20 - more, cut: 0 });
  }).toPass({ timeout: 10_000 });
  await screen.mark('open-all-day').click();
  await expect(screen.mark('all-day-panel').getByRole('listitem')).toHaveCount(20);
});
