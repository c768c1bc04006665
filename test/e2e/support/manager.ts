import type { Page } from '@playwright/test';
import { test as base } from './fixtures.ts';
import { signIn } from './managing.ts';
import { ADMIN_TOKEN } from './server.ts';
import { caller } from './shop.ts';

/** Specs of `/admin`, as the manager of one shop. */
export const test = base.extend<{ manager: string; admin: Page }>({
  manager: async ({ server, shop }, use) => {
    const made = await caller(server.url, ADMIN_TOKEN)<{ token: string }>('POST', `/stores/${shop.storeId}/devices`, {
      name: 'Owner',
      role: 'manager',
    });
    await use(made.token);
  },
  admin: async ({ server, page, manager }, use) => {
    await page.goto(`${server.url}/admin`);
    await signIn(page, manager);
    await use(page);
  },
});
test.skip(({ host }) => host === 'electron', 'a page of the server');

/** Opens a part of the shop's page. */
export const open = (page: Page, tab: string) => page.getByTestId(`tab-${tab}`).click();
