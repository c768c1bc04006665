import type { Browser, Page } from 'playwright-core';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import type { Placed, Shop } from '#test/e2e/support/shop.ts';

const TABS = [
  ...(['search', 'figures', 'devices', 'availability', 'sources'] as const),
  ...(['printers', 'telegram', 'webhooks', 'settings'] as const),
] as const;

/** A picture of a page that the server serves, beside the scene of the board. */
export interface PagePicture {
  name: string;
  page: 'admin' | 'console' | 'track' | 'my';
  size: { width: number; height: number };
  theme: 'dark' | 'light';
  /** A tab of `/admin`. */
  tab?: (typeof TABS)[number];
  /** A mark to tap before the picture is taken. */
  tap?: string;
  language?: string;
  /** In docs/screenshots. */
  shown?: boolean;
}

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 800, height: 1024 };
const SMALL = { width: 800, height: 480 };
const DESK = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };

const everywhere = (page: PagePicture['page'], more: Partial<PagePicture> = {}): PagePicture[] =>
  [PHONE, TABLET, DESK].flatMap((size) =>
    (['dark', 'light'] as const).map((theme) => ({
      name: [page, more.tab, `${size.width}x${size.height}`, theme].filter(Boolean).join('-'),
      page,
      size,
      theme,
      ...more,
    })),
  );

export const PAGE_PICTURES: readonly PagePicture[] = [
  { name: 'owner-today', page: 'admin', size: DESK, theme: 'light', shown: true },
  { name: 'owner-pairing', page: 'admin', size: DESK, theme: 'light', tab: 'devices', tap: 'pair', shown: true },
  { name: 'owner-figures', page: 'admin', size: DESK, theme: 'dark', tab: 'figures', shown: true },
  { name: 'owner-sources', page: 'admin', size: DESK, theme: 'light', tab: 'sources', shown: true },
  { name: 'owner-printers', page: 'admin', size: DESK, theme: 'light', tab: 'printers', shown: true },
  { name: 'owner-telegram', page: 'admin', size: DESK, theme: 'light', tab: 'telegram', tap: 'link-chat', shown: true },
  { name: 'customer-order', page: 'track', size: PHONE, theme: 'light', shown: true },
  { name: 'console', page: 'console', size: DESK, theme: 'dark', shown: true },
  ...everywhere('track'),
  ...everywhere('my'),
  ...everywhere('console'),
  ...everywhere('admin'),
  ...TABS.flatMap((tab) => everywhere('admin', { tab })),
  { name: 'admin-1920x1080', page: 'admin', size: WIDE, theme: 'dark' },
  { name: 'track-ar', page: 'track', size: PHONE, theme: 'dark', language: 'ar' },
  { name: 'my-ar', page: 'my', size: PHONE, theme: 'light', language: 'ar' },
  { name: 'admin-ar', page: 'admin', size: DESK, theme: 'light', language: 'ar' },
  ...TABS.map((tab, i) => ({
    ...({ name: `admin-${tab}-ar`, page: 'admin', language: 'ar', tab } as const),
    size: i % 2 === 0 ? DESK : PHONE,
    theme: i % 3 === 0 ? ('dark' as const) : ('light' as const),
  })),
  { name: 'admin-printers-1920x1080', page: 'admin', size: WIDE, theme: 'light', tab: 'printers' },
  { name: 'admin-sources-800x480', page: 'admin', size: SMALL, theme: 'dark', tab: 'sources' },
];

/** Whether it is of what the shop is connected to. */
export const showsConnections = ({ tab }: PagePicture): boolean =>
  tab === 'sources' || tab === 'printers' || tab === 'telegram';

/** Opens the page as its user does, waits until it is live, and takes the picture. */
export async function takePagePicture(
  browser: Browser,
  { page: kind, size, theme, tab, tap, language = 'en' }: PagePicture,
  { serverUrl, shop, tracked, path }: { serverUrl: string; shop: Shop; tracked: Placed; path: string },
): Promise<void> {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: language });
  const page = await context.newPage();
  const address = {
    track: () => tracked.tracking.url,
    my: () => shop.customerLink('u-17'),
    console: () => `${serverUrl}/console`,
    admin: () => `${serverUrl}/admin#/${shop.storeId}${tab ? `/${tab}` : ''}`,
  };
  await page.goto(await address[kind]());
  if (kind === 'admin' || kind === 'console') await signIn(page);
  await page.locator('[data-testid=link][data-state=live]').waitFor({ state: 'attached' });
  if (tap) await page.getByTestId(tap).click();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
  await context.close();
}

async function signIn(page: Page): Promise<void> {
  await page.getByTestId('sign-in').locator('input').fill(ADMIN_TOKEN);
  await page.getByTestId('sign-in').locator('button').click();
}
