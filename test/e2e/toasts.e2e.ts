import { expect, type Page } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { test } from './support/fixtures.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const toast = (page: Page, words: string) => page.getByTestId('toast').filter({ hasText: words });
/** How much of the bar is left, 1 to 0, and whether only the compositor animates it. */
const barOf = (page: Page) =>
  page
    .getByTestId('toast-bar')
    .first()
    .evaluate((bar) => {
      const [animation] = bar.getAnimations();
      const frames = (animation?.effect as KeyframeEffect | undefined)?.getKeyframes() ?? [];
      const moved = new Set(frames.flatMap((frame) => Object.keys(frame)));
      for (const name of ['offset', 'computedOffset', 'easing', 'composite']) moved.delete(name);
      return { left: new DOMMatrix(getComputedStyle(bar).transform).a, state: animation?.playState, moved: [...moved] };
    });

test('a toast shows its remaining time, waits while hovered or focused, and closes', async ({ shop, openDisplay }) => {
  const screen = await openDisplay({ settings: { toastSeconds: 60 } });
  const { page } = screen;
  await screen.expectLink('live');
  const order = await shop.order({ status: 'preparing' });
  const word = toast(page, `New order ${order.number}`);
  await expect(word).toHaveAttribute('data-kind', 'info');
  await word.hover();
  const held = await barOf(page);
  expect(held).toMatchObject({ state: 'paused', moved: ['transform'] });
  expect(held.left).toBeLessThan(1);
  await page.waitForTimeout(1_000);
  expect((await barOf(page)).left).toBe(held.left);
  await page.mouse.move(2, 2);
  await expect.poll(async () => (await barOf(page)).state).toBe('running');
  const leave = word.getByRole('button', { name: 'Dismiss' });
  await leave.focus();
  expect((await barOf(page)).state).toBe('paused');
  await page.keyboard.press('Enter');
  await expect(word).toHaveCount(0);
  // A toast is never the only sign: the order is on the board.
  await screen.expectStatus(order, 'preparing');
});

test('success, information and warning look different, and each has room for one action', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ settings: { toastSeconds: 60, undoSeconds: 30 } });
  const { page } = screen;
  await screen.expectLink('live');
  const order = await shop.order({ status: 'preparing' });
  await expect(toast(page, 'New order')).toHaveAttribute('data-kind', 'info');
  await shop.patch(order, { note: 'no salt' });
  await expect(toast(page, 'was changed')).toHaveAttribute('data-kind', 'warning');
  await screen.mark('refresh').click();
  await expect(toast(page, 'Up to date')).toHaveAttribute('data-kind', 'success');
  await screen.bump(order);
  // At most three at once: the oldest is dropped.
  await expect(toast(page, 'New order')).toHaveCount(0);
  await expectNoViolations(page, '[data-testid=toasts]');
  await page.getByTestId('toast-action').click();
  await screen.expectStatus(order, 'preparing');
});

test('toasts cover neither counts nor figures, show one at a time, and leave new orders to their strip', async ({
  shop,
  openDisplay,
}) => {
  const screen = await openDisplay({ settings: { undoSeconds: 30, toastSeconds: 60 } });
  const { page } = screen;
  await screen.expectLink('live');
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 800, height: 480 },
  ]) {
    await page.setViewportSize(viewport);
    const [first, second] = await shop.orders(2, { status: 'preparing' });
    if (!first || !second) throw new Error('no orders');
    for (const order of [first, second]) {
      await screen.bump(order);
      await screen.expectStatus(order, 'ready');
    }
    const shown = page.getByTestId('toast').filter({ visible: true });
    await expect(shown).toHaveText(`${second.number} is readyUndo`);
    const covered = await shown.evaluate((one) => {
      const { left, right } = one.getBoundingClientRect();
      const beside = document.querySelectorAll('[data-testid=all-day] li, [data-testid=stats-orders]');
      return [...beside].filter((other) => {
        const box = other.getBoundingClientRect();
        return box.width > 0 && box.left < right && box.right > left;
      }).length;
    });
    expect(covered).toBe(0);
    await page.getByTestId('toast-action').last().click();
    await screen.expectStatus(second, 'preparing');
    await expect(shown).toHaveText(`${first.number} is readyUndo`);
    const fresh = await shop.order();
    await expect(page.getByTestId('strip-unseen')).toContainText(fresh.number);
    await expect(toast(page, `New order ${fresh.number}`)).toHaveCount(0);
    await screen.bump(fresh);
  }
});

test('an order that another screen moved on has no undo here any more', async ({ shop, openDisplay }) => {
  const screen = await openDisplay({ settings: { undoSeconds: 30 } });
  const order = await shop.order({ status: 'preparing' });
  await screen.bump(order);
  await screen.expectSettled(order, 'ready');
  await expect(screen.mark('toast-action')).toHaveText('Undo');
  await shop.setStatus(order, 'completed');
  await expect(screen.mark('toast-action')).toHaveCount(0);
});

test('a screen reader announces each toast once, without its buttons', async ({ shop, openDisplay }) => {
  const screen = await openDisplay();
  const { page } = screen;
  await screen.expectLink('live');
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    for (const region of document.querySelectorAll('[role=status], [role=alert]'))
      new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, {
        subtree: true,
        childList: true,
        characterData: true,
      });
  });
  const order = await shop.order();
  await screen.bump(order);
  await screen.expectPending(order, false);
  await shop.patch(order, { note: 'no salt' });
  await expect(page.getByTestId('toasts-said')).toHaveText(`${order.number} was changed`);
  await expect(page.getByTestId('toast')).toHaveCount(0);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  // The toasts do not repeat what the announcer says, and a closing one is not announced.
  expect(said.filter((words) => words.includes('New order'))).toEqual([]);
  expect(said.filter((words) => words.includes('was changed'))).toHaveLength(1);
  expect(said.join()).not.toContain('Dismiss');
});
