import { expect } from '@playwright/test';
import type { Order } from '#contract/order.ts';
import { test } from './support/fixtures.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

/** The part of React's fibers that shows what rendered; React's developer tools read the same. */
interface Fiber {
  tag: number;
  flags: number;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
  memoizedProps: { ticket?: { order: { id: string } }; selected?: boolean } | null;
}
type Counting = { drawn: string[]; __REACT_DEVTOOLS_GLOBAL_HOOK__: unknown };

/** Runs in the page before React: records the order of every ticket that renders from then on. */
function countDrawnTickets(): void {
  const page = window as unknown as Counting;
  const MEMOISED_FUNCTION = 15;
  const PERFORMED_WORK = 1;
  page.drawn = [];
  const visit = (fiber: Fiber, before: Fiber | null): void => {
    const { ticket, selected } = fiber.memoizedProps ?? {};
    if (fiber.tag === MEMOISED_FUNCTION && ticket && selected !== undefined && fiber.flags & PERFORMED_WORK)
      page.drawn.push(ticket.order.id);
    if (fiber.child === before?.child) return;
    for (let child = fiber.child; child; child = child.sibling) visit(child, child.alternate);
  };
  page.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount: () => {},
    onCommitFiberRoot: (_: number, root: { current: Fiber }) => visit(root.current, root.current.alternate),
  };
}

test('a change of one order renders only its ticket, and counting ages none', async ({ shop, openDisplay }) => {
  const orders = await shop.orders(12, { status: 'preparing' });
  const screen = await openDisplay();
  await screen.page.addInitScript(countDrawnTickets);
  await screen.page.reload();
  await expect(screen.page.getByTestId('ticket')).toHaveCount(orders.length);
  await screen.expectLink('live');
  const forget = () =>
    screen.page.evaluate(() => {
      (window as unknown as Counting).drawn = [];
    });
  const drawn = () => screen.page.evaluate(() => [...new Set((window as unknown as Counting).drawn)]);
  expect((await drawn()).length).toBe(orders.length);

  const [first, second] = orders as [Order, Order];
  // Counting ages renders no ticket. Before any change, whose answer would.
  const age = screen.ticket(first).getByTestId('ticket-age');
  const before = await age.textContent();
  await forget();
  await expect(age).not.toHaveText(before ?? '');
  expect(await drawn()).toEqual([]);

  await forget();
  await shop.patch(second, { note: 'ring the bell' });
  await expect(screen.ticket(second)).toContainText('ring the bell');
  expect(await drawn()).toEqual([second.id]);

  await forget();
  await screen.ticket(first).getByTestId('ticket-item').first().click();
  await expect(screen.ticket(first).getByTestId('ticket-item').first()).toHaveAttribute('aria-pressed', 'true');
  expect(await drawn()).toEqual([first.id]);
});
