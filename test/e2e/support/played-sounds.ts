import { expect, type Page } from '@playwright/test';
import { SOUND_KINDS, type SoundKind } from '#contract/setting-names.ts';
import { SOUNDS } from '#renderer/sound/synth.ts';

/** What a person in the room would have noticed of a page, counted from when it was asked for. */
export interface Heard {
  /** How often the alarm began. */
  alarms(): Promise<number>;
  /** How often the bell was struck. */
  strikes(): Promise<number>;
  /** Which sounds were played, in their order, told by their pitches. */
  sounds(): Promise<SoundKind[]>;
}

type Counting = { heard: { alarms: number; pitches: number[] } };

/** Counts from now on; the page is loaded anew, with its sound turned on by a tap. */
export async function listenTo(page: Page): Promise<Heard> {
  await page.addInitScript(() => {
    const counting = window as unknown as Counting;
    counting.heard = { alarms: 0, pitches: [] };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      counting.heard.pitches.push(Math.round(this.frequency.value));
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
  const pitches = () => page.evaluate(() => (window as unknown as Counting).heard.pitches);
  return {
    alarms: () => page.evaluate(() => (window as unknown as Counting).heard.alarms),
    strikes: async () => (await pitches()).length,
    sounds: async () => soundsOf(await pitches()),
  };
}

/** No sound begins as another one does. */
function soundsOf(pitches: number[]): SoundKind[] {
  const kind = SOUND_KINDS.find((one) => Math.round(SOUNDS[one][0]?.hz ?? 0) === pitches[0]);
  return kind ? [kind, ...soundsOf(pitches.slice(SOUNDS[kind].length))] : [];
}
