import { expect, type Locator, type Page } from '@playwright/test';
import type { LinkState } from '#contract/link.ts';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';

/** What a person sees and does, through the marks of contract section 8. */
export interface Screen {
  page: Page;
  ticket(order: Order): Locator;
  /** Taps the next-step button of a ticket. */
  bump(order: Order): Promise<void>;
  recall(order: Order): Promise<void>;
  /** Opens the sheet of an order. */
  more(order: Order): Promise<void>;
  expectStatus(order: Order, status: Status): Promise<void>;
  expectPending(order: Order, pending: boolean): Promise<void>;
  /** The status is shown and the server has confirmed it. */
  expectSettled(order: Order, status: Status): Promise<void>;
  expectLink(...states: LinkState[]): Promise<void>;
  expectQueue(count: number): Promise<void>;
  expectAlarm(active: boolean): Promise<void>;
  mark(testId: string): Locator;
}

export function screenOf(page: Page): Screen {
  const mark = (testId: string): Locator => page.getByTestId(testId).first();
  const ticket = (order: Order): Locator => page.locator(`[data-testid=ticket][data-order-id="${order.id}"]`).first();
  const expectStatus: Screen['expectStatus'] = (order, status) =>
    expect(ticket(order)).toHaveAttribute('data-status', status);
  const expectPending: Screen['expectPending'] = (order, pending) =>
    expect(ticket(order)).toHaveAttribute('data-pending', String(pending));
  return {
    page,
    mark,
    ticket,
    bump: (order) => ticket(order).getByTestId('ticket-action').click(),
    recall: (order) => ticket(order).getByTestId('ticket-recall').click(),
    more: (order) => ticket(order).getByTestId('ticket-more').click(),
    expectStatus,
    expectPending,
    expectSettled: async (order, status) => {
      await expectStatus(order, status);
      await expectPending(order, false);
    },
    // Detecting a dead link may take 12 s, the next attempt up to 30 s (L1).
    expectLink: (...states) =>
      expect(mark('link')).toHaveAttribute('data-state', new RegExp(`^(${states.join('|')})$`), { timeout: 45_000 }),
    expectQueue: (count) => expect(mark('queue-count')).toHaveText(new RegExp(`^\\D*${count}\\D*$`)),
    expectAlarm: (active) => expect(mark('alarm')).toHaveAttribute('data-active', String(active)),
  };
}
