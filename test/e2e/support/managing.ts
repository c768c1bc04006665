import { expect, type Locator, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';

/** Signs in on `/admin` or `/console`, and waits until the page is live. */
export async function signIn(page: Page, token: string): Promise<void> {
  await fillSignIn(page, token);
  await expect(page.getByTestId('sign-in')).toHaveCount(0);
  await expectLink(page, 'live');
}

/** One input and one button (contract, section 16). */
export async function fillSignIn(page: Page, token: string): Promise<void> {
  await page.getByTestId('sign-in').locator('input').fill(token);
  await page.getByTestId('sign-in').locator('button').click();
}

export const orderOn = (page: Page, { id }: Order): Locator =>
  page.locator(`[data-testid=order][data-order-id="${id}"]`).first();
export const expectOn = (page: Page, order: Order, status: Status, timeout?: number) =>
  expect(orderOn(page, order)).toHaveAttribute('data-status', status, timeout === undefined ? {} : { timeout });
export const expectLink = (page: Page, state: string) =>
  expect(page.getByTestId('link')).toHaveAttribute('data-state', state, { timeout: 30_000 });

/** The page may not scroll sideways. */
export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
