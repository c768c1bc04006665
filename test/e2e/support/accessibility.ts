import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type * as Axe from 'axe-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Expects that axe finds no violations of WCAG 2.2 AA.
 *
 * @param within waits for this part and checks only it; behind a modal dialog the rest of the page is inert
 */
export async function expectNoViolations(page: Page, within?: string): Promise<void> {
  await expect(page.locator(within ?? 'main')).toBeVisible();
  // axe needs final colours, so wait for animations, except for the bar of a toast, which ends with the toast.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter(({ effect }) => {
      const clock = effect instanceof KeyframeEffect && effect.target?.hasAttribute('data-clock');
      return effect?.getTiming().iterations === 1 && !clock;
    });
    return Promise.all(passing.map((one) => one.finished));
  });
  // Loaded once a page; loading it takes longer than a check.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async (part) => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const found = await axe.run(part ?? document, { resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  }, within);
  expect(violations).toEqual([]);
}
