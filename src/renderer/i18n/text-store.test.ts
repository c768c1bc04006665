import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Language } from '#contract/setting-names.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { aStatus } from '../testing/manual-bridge.ts';
import { textIn } from '../testing/texts.ts';
import { createViewStore, type ViewStore } from '../view-store/view-store.ts';
import type { Text } from './text.ts';
import { createTextStore, type TextStore } from './text-store.ts';

let view: ViewStore;
let text: TextStore;
let timers: (() => void)[];
/** Chunks that are asked for and not there yet, oldest first. */
let loads: { language: Language; done(): void; failed(): void }[];
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  view = createViewStore();
  timers = [];
  loads = [];
  text = createTextStore({
    view,
    load: (language) =>
      new Promise<Text>((resolve, reject) => {
        loads.push({ language, done: () => resolve(textIn(language)), failed: () => reject(new Error('away')) });
      }),
    after: (_, run) => {
      timers.push(run);
      return () => {};
    },
  });
});
afterEach(() => vi.restoreAllMocks());

const choose = (language: Language) =>
  view.setState({ status: aStatus({ settings: { ...DEFAULT_SETTINGS, language } }) });
const settle = () => new Promise((resolve) => setImmediate(resolve));
const shown = () => text.getState()?.language;
const asked = () => loads.map(({ language }) => language);

test('loads the language of the first status and no other', async () => {
  choose('th');
  expect(asked()).toEqual(['th']);
  expect(text.getState()).toBeNull();
  loads[0]?.done();
  await settle();
  expect(shown()).toBe('th');
  for (const run of timers) run();
  expect(asked()).toEqual(['th']);
});

test('falls back to English when no status comes', async () => {
  timers[0]?.();
  loads[0]?.done();
  await settle();
  expect(shown()).toBe('en');
});

test('keeps the current words until those of the new language are loaded', async () => {
  choose('ru');
  loads[0]?.done();
  await settle();
  choose('ka');
  expect(shown()).toBe('ru');
  loads[1]?.done();
  await settle();
  expect(shown()).toBe('ka');
});

test('shows the language that was chosen last, whichever is loaded last', async () => {
  choose('ru');
  choose('ka');
  loads[1]?.done();
  loads[0]?.done();
  await settle();
  expect(shown()).toBe('ka');
});

test('a failed load keeps the language, is logged, and is tried again when the host is back', async () => {
  choose('ru');
  loads[0]?.done();
  await settle();
  choose('ka');
  loads[1]?.failed();
  await settle();
  expect(shown()).toBe('ru');
  expect(console.error).toHaveBeenCalledOnce();
  view.setState({ carrierUp: false });
  view.setState({ carrierUp: true });
  loads[2]?.done();
  await settle();
  expect(shown()).toBe('ka');
});

test('tries the first language until it is loaded', async () => {
  choose('es');
  loads[0]?.failed();
  await settle();
  timers.at(-1)?.();
  loads[1]?.done();
  await settle();
  expect(shown()).toBe('es');
});
