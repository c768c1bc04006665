import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Display } from '#core/display.ts';
import type { Updater } from './open-updater.ts';
import { watchUpdates } from './watch-updates.ts';

const MINUTE = 60_000;

/** A shop on a quiet evening, with a fake electron-updater that finds version 0.2.0, or fails. */
function openShop(failure: Error | null = null) {
  type Listener = Parameters<Display['onPush']>[0];
  const listeners = new Set<Listener>();
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const shop = { loaded: 0, checks: 0, restarts: [] as unknown[], shown: [] as unknown[], idleSeconds: 3_600, logged };
  let downloaded: (update: { version: string }) => void = () => {};

  const updater = {
    autoInstallOnAppQuit: true,
    logger: null,
    isUpdateSupported: () => true,
    on(event: string, listener: typeof downloaded) {
      if (event === 'update-downloaded') downloaded = listener;
    },
    async checkForUpdates() {
      shop.checks++;
      if (failure) throw failure;
      downloaded({ version: '0.2.0' });
      return null;
    },
    quitAndInstall: (...how: unknown[]) => void shop.restarts.push(how),
  } as Pick<Updater, 'checkForUpdates' | 'quitAndInstall'> as Updater;

  watchUpdates({
    load: async () => {
      shop.loaded++;
      return updater;
    },
    publicKey: '',
    display: {
      onPush(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    desktop: { set: ({ update }) => void shop.shown.push(update) },
    makeWay: async () => void shop.restarts.push('closed'),
    restart: () => void shop.restarts.push('as it is'),
    moved: () => {},
    idleSeconds: () => shop.idleSeconds,
    log: { info: note, warn: note, error: note },
  });
  const push = (name: string, payload: unknown) => {
    for (const listener of listeners) (listener as (name: string, payload: unknown) => void)(name, payload);
  };
  return {
    shop,
    status: (unseen: number, waiting: number) =>
      push('status', { alarm: { orderIds: Array(unseen).fill('a') }, queueCount: waiting }),
    order: () => push('board', { n: 1, upserts: [{}], removes: [] }),
    tidy: () => push('board', { n: 2, upserts: [], removes: ['a'] }),
    pass: (minutes: number) => vi.advanceTimersByTimeAsync(minutes * MINUTE),
  };
}

describe('an update', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is checked for well after the start, and the updater is not loaded before', async () => {
    const { shop, pass } = openShop();
    await pass(1);
    expect(shop.loaded).toBe(0);
    await pass(1);
    expect([shop.loaded, shop.checks]).toEqual([1, 1]);
  });

  test('restarts the program once, silently, in the first quiet moment', async () => {
    const { shop, pass } = openShop();
    await pass(19);
    expect({ restarts: shop.restarts, shown: shop.shown }).toEqual({ restarts: [], shown: ['0.2.0'] });
    await pass(1);
    expect(shop.restarts).toEqual(['closed', [true, true]]);
  });

  test('that is not installed restarts the program as it is', async () => {
    const { shop, pass } = openShop();
    await pass(60);
    expect(shop.restarts).toEqual(['closed', [true, true], 'as it is']);
  });

  test('waits through a whole service: orders, taps, touches; a ticket that only leaves does not count', async () => {
    const { shop, status, order, tidy, pass } = openShop();
    for (let i = 0; i < 20; i++) {
      order();
      await pass(15);
    }
    status(1, 0);
    await pass(60);
    status(0, 1);
    await pass(60);
    status(0, 0);
    shop.idleSeconds = 30;
    await pass(60);
    expect(shop.restarts).toEqual([]);
    shop.idleSeconds = 3_600;
    tidy();
    await pass(1);
    expect(shop.restarts).toContain('closed');
  });

  test('is checked for again after a failed check, without limit', async () => {
    const { shop, pass } = openShop(new Error('net::ERR_INTERNET_DISCONNECTED'));
    await pass(24 * 60);
    expect(shop.checks).toBe(6);
    expect([shop.loaded, new Set(shop.logged)]).toEqual([1, new Set(['could not look for an update'])]);
  });
});
