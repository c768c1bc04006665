import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Expects that axe finds no violations of WCAG 2.2 AA.
 *
 * @param within checks only this part; behind a modal dialog the rest of the page is inert
 * @param rules only these
 */
export async function expectNoViolations(page: Page, within?: string, rules?: string[]): Promise<void> {
  // axe needs final colours, so wait for animations, except for the bar of a toast, which ends with the toast.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter(({ effect }) => {
      const clock = effect instanceof KeyframeEffect && effect.target?.hasAttribute('data-clock');
      return effect?.getTiming().iterations === 1 && !clock;
    });
    return Promise.all(passing.map((one) => one.finished));
  });
  // "Legacy" means: not in frames of other sites. Without it, axe opens one more page for each look.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (within) axe.include(within);
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
  ).toEqual([]);
}
