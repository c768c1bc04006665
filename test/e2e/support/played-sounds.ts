import { expect, type Page } from '@playwright/test';
import { SOUND_KINDS, type SoundKind } from '#contract/setting-names.ts';
import { SOUNDS } from '#renderer/sound/synth.ts';

/** The sounds and alarms of a page since recording began. */
export interface PlayedSounds {
  /** How often the alarm began. */
  alarms(): Promise<number>;
  /** How often the bell rang. */
  strikes(): Promise<number>;
  /** The kinds of the sounds played, in order, recognised by their pitches. */
  kinds(): Promise<SoundKind[]>;
}

type Counting = { played: { alarms: number; pitches: number[] } };

/** Reloads the page, turns its sound on by a tap, and records from then on. */
export async function listenTo(page: Page): Promise<PlayedSounds> {
  await page.addInitScript(() => {
    const counting = window as unknown as Counting;
    counting.played = { alarms: 0, pitches: [] };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      counting.played.pitches.push(Math.round(this.frequency.value));
      return start.apply(this, when);
    };
    let rings = false;
    new MutationObserver(() => {
      const now = document.querySelector('[data-testid=alarm]')?.getAttribute('data-active') === 'true';
      if (now && !rings) counting.played.alarms++;
      rings = now;
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-active'] });
  });
  await page.reload();
  await expect(page.getByTestId('board')).toBeVisible();
  await page.mouse.click(2, 2);
  const pitches = () => page.evaluate(() => (window as unknown as Counting).played.pitches);
  return {
    alarms: () => page.evaluate(() => (window as unknown as Counting).played.alarms),
    strikes: async () => (await pitches()).length,
    kinds: async () => soundsOf(await pitches()),
  };
}

/** No two sounds begin alike. */
function soundsOf(pitches: number[]): SoundKind[] {
  const kind = SOUND_KINDS.find((one) => Math.round(SOUNDS[one][0]?.hz ?? 0) === pitches[0]);
  return kind ? [kind, ...soundsOf(pitches.slice(SOUNDS[kind].length))] : [];
}
