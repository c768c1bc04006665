import { expect, type Locator, type Page } from '@playwright/test';
import type { Order } from '#contract/order.ts';

/** A page of a customer: what a person sees there, by the marks of contract section 9. */
export interface CustomerPage {
  page: Page;
  order(order: Order): Locator;
  expectStatus(order: Order, status: string): Promise<void>;
  /** @param states any of them will do */
  expectLink(...states: string[]): Promise<void>;
  /** The steps that are reached, in order. */
  expectReached(...steps: string[]): Promise<void>;
  /** Text that is there as long as nobody loads the page again. */
  markOnce(): Promise<void>;
  expectNotReloaded(): Promise<void>;
}

export async function openCustomerPage(page: Page, url: string): Promise<CustomerPage> {
  await page.goto(url);
  const find = ({ id }: Order) => page.locator(`[data-testid=order][data-order-id="${id}"]`);
  return {
    page,
    order: find,
    expectStatus: (order, status) => expect(find(order)).toHaveAttribute('data-status', status),
    expectLink: (...states) =>
      expect(page.getByTestId('link')).toHaveAttribute('data-state', new RegExp(`^(${states.join('|')})$`)),
    expectReached: (...steps) =>
      expect
        .poll(() =>
          page
            .locator('[data-testid=track-step][data-reached=true]')
            .evaluateAll((all) => all.map((one) => one.getAttribute('data-step'))),
        )
        .toEqual(steps),
    markOnce: () => page.evaluate(() => document.documentElement.setAttribute('data-once', '')),
    expectNotReloaded: () => expect(page.locator('html')).toHaveAttribute('data-once', ''),
  };
}
