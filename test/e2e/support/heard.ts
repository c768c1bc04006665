import { expect, type Page } from '@playwright/test';

/** What a person in the room would have noticed of a page, counted from when it was asked for. */
export interface Heard {
  /** How often the alarm began. */
  alarms(): Promise<number>;
  /** How often the bell was struck. */
  strikes(): Promise<number>;
}

type Counting = { heard: { alarms: number; strikes: number } };

/** Counts from now on; the page is loaded anew, with its sound turned on by a tap. */
export async function listenTo(page: Page): Promise<Heard> {
  await page.addInitScript(() => {
    const counting = window as unknown as Counting;
    counting.heard = { alarms: 0, strikes: 0 };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      counting.heard.strikes++;
      return start.apply(this, when);
    };
    let rings = false;
    new MutationObserver(() => {
      const now = document.querySelector('[data-testid=alarm]')?.getAttribute('data-active') === 'true';
      if (now && !rings) counting.heard.alarms++;
      rings = now;
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-active'] });
  });
  await page.reload();
  await expect(page.getByTestId('board')).toBeVisible();
  await page.mouse.click(2, 2);
  return {
    alarms: () => page.evaluate(() => (window as unknown as Counting).heard.alarms),
    strikes: () => page.evaluate(() => (window as unknown as Counting).heard.strikes),
  };
}
