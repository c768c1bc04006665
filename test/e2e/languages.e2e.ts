import { expect } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import { loadText } from '#renderer/i18n/text.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

test('shows each of the six languages in its direction of writing, and its header fits on a small screen', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  const { page } = screen;
  const [order] = (await shop.orders(2, { fulfilment: 'delivery' })) as [Order, Order];
  await screen.expectStatus(order, 'pending');
  await changeSettings(page, { screen: 'station', stations: [OVEN] });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  for (const language of LANGUAGES) {
    const { t, dir } = await loadText(language);
    await changeSettings(page, { language });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    await expect(screen.ticket(order).getByTestId('ticket-action')).toContainText(t('step.start'));
    await expect(page.getByTestId('strip-unseen')).toContainText(t('unseen.title', { count: 2 }));
    // Not even the browser's own texts, which do not exist in every language.
    if (language !== 'en' && language !== 'es')
      await expect(page.getByTestId('strip-unseen')).not.toContainText(/[a-z]/i);
    await expect(page.getByTestId('link')).toContainText(t('link.live'));
    expect(await fits()).toBe(true);
    const crowded = await page.getByRole('tab').evaluateAll((tabs) =>
      tabs.filter((tab) => {
        const words = document.createRange();
        words.selectNodeContents(tab);
        return words.getBoundingClientRect().width > tab.getBoundingClientRect().width;
      }),
    );
    expect(crowded).toEqual([]);
    const name = await page.getByTestId('screen-name').boundingBox();
    const tabs = await page.getByRole('tablist').boundingBox();
    if (!name || !tabs) throw new Error('the header has no name of the screen, or no views');
    expect(name.x + name.width <= tabs.x || tabs.x + tabs.width <= name.x).toBe(true);
  }
});

const OVEN = { id: 'oven', name: 'Oven and grill', stations: [], names: ['khachapuri'] };
const NAMES = {
  thai: 'ข้าวผัดกะเพราหมูกรอบไข่ดาวไม่เผ็ดเลยพิเศษข้าวหอมมะลิอินทรีย์จากสุรินทร์',
  georgian: 'მეგრულადგამზადებულიორმაგყველიანიხაჭაპურიკარაქითადაკვერცხით',
  arabic: 'كباب مشوي على الفحم مع الأرز بالزعفران و 2 صلصة الثوم',
  russian: 'Борщ «Особенный» с говядиной, чесночными пампушками и сметаной',
  chinese: '宫保鸡丁配茉莉香米饭不要花生多加辣椒少放盐谢谢',
};

test('dishes in any script wrap within their ticket, each in its own direction', async ({ shop, openDisplay }) => {
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  const items = Object.entries(NAMES).map(([id, name]) => ({ id, name, quantity: 1, note: name }));
  const order = await shop.order({ items, note: NAMES.arabic });
  const ticket = screen.ticket(order);
  for (const language of ['en', 'ar'] as const) {
    await changeSettings(screen.page, { language, textSize: 1.6 });
    await expect(screen.page.locator('html')).toHaveAttribute('lang', language);
    await expect(ticket.getByTestId('ticket-item')).toHaveCount(items.length);
    for (const [id, name] of Object.entries(NAMES)) {
      const dish = ticket.locator(`[data-item-id=${id}] bdi`).first();
      await expect(dish).toHaveText(name);
      expect(await dish.evaluate((one) => getComputedStyle(one).direction)).toBe(id === 'arabic' ? 'rtl' : 'ltr');
    }
    const cutOff = await ticket.evaluate((one) => {
      const { left, right } = one.getBoundingClientRect();
      return [...one.querySelectorAll('bdi')].filter((words) => {
        const place = words.getBoundingClientRect();
        return place.left < left || place.right > right;
      }).length;
    });
    expect(cutOff).toBe(0);
  }
});
