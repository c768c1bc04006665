import { expect } from '@playwright/test';
import { LANGUAGES } from '#contract/setting-names.ts';
import { textIn } from '#renderer/i18n/text.ts';
import { changeSettings } from './support/change-settings.ts';
import { test } from './support/fixtures.ts';

test('shows each of the six languages in its direction of writing', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { page } = screen;
  const order = await shop.order();
  await screen.expectStatus(await shop.order(), 'pending');
  await screen.expectStatus(order, 'pending');
  for (const language of LANGUAGES) {
    const { t, dir } = textIn(language);
    await changeSettings(page, { language });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    await expect(screen.ticket(order).getByTestId('ticket-action')).toContainText(t('step.start'));
    await expect(page.getByTestId('strip-unseen')).toContainText(t('unseen.title', { count: 2 }));
    // Not even texts of the browser, which does not have each language.
    if (language !== 'en' && language !== 'es')
      await expect(page.getByTestId('strip-unseen')).not.toContainText(/[a-z]/i);
    await expect(page.getByTestId('link')).toContainText(t('link.live'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});

test('header labels fit on a small screen without overlap, in each language', async ({ shop, openDisplay }) => {
  const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
  await screen.expectStatus(await shop.order({ fulfilment: 'delivery' }), 'pending');
  await changeSettings(screen.page, { screen: 'station', stations: [OVEN] });
  for (const language of LANGUAGES) {
    await changeSettings(screen.page, { language });
    await expect(screen.page.locator('html')).toHaveAttribute('lang', language);
    const crowded = await screen.page.getByRole('tab').evaluateAll((tabs) =>
      tabs.filter((tab) => {
        const words = document.createRange();
        words.selectNodeContents(tab);
        return words.getBoundingClientRect().width > tab.getBoundingClientRect().width;
      }),
    );
    expect(crowded).toEqual([]);
    const name = await screen.page.getByTestId('screen-name').boundingBox();
    const tabs = await screen.page.getByRole('tablist').boundingBox();
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

for (const language of ['en', 'ar'] as const)
  test(`dishes in any script wrap within their ticket, each in its own direction, on a screen in ${language}`, async ({
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay({ page: { viewport: { width: 800, height: 480 } } });
    await changeSettings(screen.page, { language, textSize: 1.6 });
    const items = Object.entries(NAMES).map(([id, name]) => ({ id, name, quantity: 1, note: name }));
    const order = await shop.order({ items, note: NAMES.arabic });
    const ticket = screen.ticket(order);
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
  });
