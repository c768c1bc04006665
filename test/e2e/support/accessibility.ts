import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Nothing on the page that assistive tools would stumble over (WCAG 2.2 AA).
 *
 * @param within only this part of it: of a modal dialog the rest of the page is out of reach
 */
export async function expectNoViolations(page: Page, within?: string): Promise<void> {
  // Colours are judged when they stand still. The bar of a toast is a clock: when it is over, so is the toast.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter(({ effect }) => {
      const clock = effect instanceof KeyframeEffect && effect.target?.classList.contains('toast-bar');
      return effect?.getTiming().iterations === 1 && !clock;
    });
    return Promise.all(passing.map((one) => one.finished));
  });
  const axe = new AxeBuilder({ page });
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
  ).toEqual([]);
}

/** Keeps what is on the screen now as `PICTURES`/name.png, when somebody wants to look at it. */
export async function picture(page: Page, name: string): Promise<void> {
  const { PICTURES } = process.env;
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}
