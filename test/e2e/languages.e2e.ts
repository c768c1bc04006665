import { expect, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { LANGUAGES } from '#contract/setting-names.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { BOARD_PARTS, loadText, loadWords, PANEL_PARTS } from '#renderer/i18n/text.ts';
import { changeSettings } from './support/change-settings.ts';
import { drawnFonts, fetchedFonts } from './support/drawn-fonts.ts';
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

const ALL_PARTS = [...BOARD_PARTS, ...PANEL_PARTS];
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

/** As their files call themselves. */
const FONTS: Record<string, string[]> = {
  thai: ['Noto Sans Thai'],
  georgian: ['Noto Sans Georgian'],
  arabic: ['Noto Sans Arabic'],
  russian: [],
  hebrew: ['Noto Sans Hebrew Thin'],
  armenian: ['Noto Sans Armenian'],
};

const expectOwnFonts = (page: Page, selector: string) =>
  expect.poll(async () => (await drawnFonts(page, selector)).filter(({ own }) => !own)).toEqual([]);

/** The texts that styles add to elements, such as the tick of a switch. */
const signsOfStyles = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.styleSheets]
      .flatMap(({ cssRules }) => [...cssRules])
      .map((rule) => (rule instanceof CSSStyleRule ? rule.style.content : ''))
      .join(''),
  );

test.describe('on a machine without fonts', () => {
  test('every word of the six languages is drawn with the fonts of the screen, and so are signs and arrows', async ({
    shop,
    openDisplay,
  }) => {
    const screen = await openDisplay({ settings: { keys: { ...DEFAULT_SETTINGS.keys, legend: true } } });
    const { page } = screen;
    const order = await shop.order({ customer: { name: 'Нино ญาดา' } });
    await shop.setStatus(order, 'preparing');
    await screen.expectStatus(order, 'preparing');
    await screen.more(order);
    await expect(page.getByRole('dialog')).toContainText('New › Preparing');
    await expectOwnFonts(page, '#screen *');
    const texts = { styles: await signsOfStyles(page) };
    for (const language of LANGUAGES)
      Object.assign(texts, { [language]: Object.values(await loadWords(language, ALL_PARTS)).join('\n') });
    await page.evaluate((all) => {
      for (const [id, textContent] of Object.entries(all))
        document.body.append(Object.assign(document.createElement('p'), { id, textContent }));
    }, texts);
    for (const id of Object.keys(texts)) await expectOwnFonts(page, `#${id}`);
    await page.keyboard.press('Escape');
    await page.getByTestId('settings').click();
    await expect(page.getByRole('dialog')).toContainText('ქართული');
    await expectOwnFonts(page, 'dialog *');
  });

  test('dishes in other scripts are, each in its own font', async ({ shop, openDisplay }) => {
    const screen = await openDisplay();
    const names = { ...NAMES, hebrew: 'פלאפל', armenian: 'Խորոված' };
    const items = Object.entries(names).map(([id, name]) => ({ id, name, quantity: 1 }));
    const order = await shop.order({ items });
    await screen.expectStatus(order, 'pending');
    const fontOf = async (id: string) => {
      const drawn = await drawnFonts(screen.page, `[data-item-id=${id}] bdi`);
      return drawn
        .filter(({ name }) => name !== 'Inter')
        .map(({ name, own }) => `${name}${own ? '' : ', the machine’s'}`);
    };
    for (const [id, font] of Object.entries(FONTS)) await expect.poll(() => fontOf(id), { message: id }).toEqual(font);
  });
});

test('an English screen fetches no font of another script, and a Thai one has its font before its first words', async ({
  host,
  shop,
  openDisplay,
}) => {
  test.skip(host === 'electron', 'Playwright cannot delay what comes from app://');
  const { page } = await openDisplay();
  await shop.order({ customer: { name: 'Anna' }, currency: 'USD' });
  await expect(page.getByTestId('ticket')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect((await fetchedFonts(page)).filter((name) => !name.startsWith('inter-latin'))).toEqual([]);
  await page.route(/noto-sans-thai/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.documentElement.lang !== 'th' || 'fontsAtFirst' in window) return;
      const faces = [...document.fonts].filter(({ unicodeRange }) => /U\+E01/i.test(unicodeRange));
      Object.assign(window, { fontsAtFirst: faces.map(({ status }) => status) });
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['lang'] });
  });
  await changeSettings(page, { language: 'th' });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'th');
  expect(await page.evaluate(() => (window as unknown as { fontsAtFirst: string[] }).fontsAtFirst)).toEqual(['loaded']);
});

test('a font that does not come keeps no words back', async ({ host, shop, openDisplay }) => {
  test.skip(host === 'electron', 'Playwright cannot hold back what comes from app://');
  const { page } = await openDisplay();
  await changeSettings(page, { language: 'th' });
  await page.route(/noto-sans-thai/, () => {});
  await page.reload();
  await shop.order();
  await expect(page.getByTestId('ticket').getByTestId('ticket-action')).toContainText('เริ่ม');
});
