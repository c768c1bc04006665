import { expect, test } from 'vitest';
import { Settings } from '#contract/settings.ts';
import { aStatus, INSTALLED } from '../testing/manual-bridge.ts';
import { createViewStore } from '../view-store/view-store.ts';
import { keepAwake, shouldStayAwake } from './keep-awake.ts';

/** A page and a browser's wake lock, both controlled by the test. */
function aBrowser() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
  const given: { released: boolean; release(): Promise<void> }[] = [];
  const browser = {
    given,
    refuses: false,
    request: async () => {
      if (browser.refuses) throw new DOMException('', 'NotAllowedError');
      const sentinel = {
        released: false,
        release: async () => {
          sentinel.released = true;
        },
      };
      given.push(sentinel);
      return sentinel as unknown as WakeLockSentinel;
    },
    held: () => given.filter(({ released }) => !released).length,
  };
  return { page, browser };
}

function aScreen(desktop: Parameters<typeof aStatus>[0] = {}) {
  const { page, browser } = aBrowser();
  const view = createViewStore();
  let tick = () => {};
  const ticker = {
    on: (listener: () => void) => {
      tick = listener;
      return () => {};
    },
  };
  view.setState({ status: aStatus(desktop) });
  const store = keepAwake({ view, ticker, now: () => 0 }, page as unknown as Document, browser);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    browser,
    store,
    settled,
    second: () => {
      tick();
      return settled();
    },
    see: (state: DocumentVisibilityState) => {
      page.visibilityState = state;
      page.dispatchEvent(new Event('visibilitychange'));
      return settled();
    },
    tap: () => {
      page.dispatchEvent(new Event('click'));
      return settled();
    },
    set: (keepAwake: 'never' | 'always') =>
      view.setState({ status: aStatus({ settings: Settings.parse({ desktop: { keepAwake } }) }) }),
  };
}

test('holds the wake lock once, releases it by setting, and holds it again', async () => {
  const { browser, settled, second, set } = aScreen();
  await settled();
  await second();
  expect(browser.given).toHaveLength(1);
  set('never');
  await second();
  expect(browser.held()).toBe(0);
  set('always');
  await second();
  expect(browser.held()).toBe(1);
});

test('requests a released wake lock again when the page is visible', async () => {
  const { browser, settled, second, see } = aScreen();
  await settled();
  await browser.given[0]?.release();
  await see('hidden');
  await second();
  expect(browser.held()).toBe(0);
  await see('visible');
  expect(browser.held()).toBe(1);
});

test('asks again at the next tap after a refusal, not every second', async () => {
  const { browser, store, settled, second, tap, see } = aScreen();
  await settled();
  await browser.given[0]?.release();
  browser.refuses = true;
  await see('visible');
  expect(store.getState()).toBe('cannot');
  browser.refuses = false;
  await second();
  expect(browser.held()).toBe(0);
  await tap();
  expect([browser.held(), store.getState()]).toEqual([1, 'can']);
});

test('requests no wake lock in the installed app', async () => {
  const { browser, settled } = aScreen({ desktop: INSTALLED });
  await settled();
  expect(browser.given).toHaveLength(0);
});

test('reports that a browser without wake lock cannot', () => {
  const { page } = aBrowser();
  const screen = { view: createViewStore(), ticker: { on: () => () => {} }, now: () => 0 };
  expect(keepAwake(screen, page as unknown as Document, undefined).getState()).toBe('cannot');
});

/** Half past ten in the evening at the store, which is in Tbilisi. */
const NOW = Date.parse('2026-11-21T18:30:00Z');
const hours = (from: string, to: string) => ({ keepAwake: 'hours', keepAwakeHours: { from, to } }) as const;

test.each([
  ['by default', {}, true],
  ['set to never', { keepAwake: 'never' }, false],
  ['within its hours, by the store’s clock', hours('22:00', '23:00'), true],
  ['outside its hours', hours('08:00', '22:00'), false],
] as const)('%s; in the installed app never by the page', (_, desktop, expected) => {
  const settings = Settings.parse({ desktop });
  expect(shouldStayAwake(aStatus({ settings }), NOW)).toBe(expected);
  expect(shouldStayAwake(aStatus({ settings, desktop: INSTALLED }), NOW)).toBe(false);
});
