import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchPage } from './watch-page.ts';

const silent = { info() {}, warn() {}, error() {} };

/** A page that answers, or is frozen. */
function openPage() {
  const page = Object.assign(new EventEmitter(), {
    frozen: false,
    gone: false,
    kills: 0,
    isDestroyed: () => page.gone,
    isCrashed: () => false,
    isLoadingMainFrame: () => false,
    executeJavaScript: () => (page.frozen ? new Promise<never>(() => {}) : Promise.resolve(0)),
    forcefullyCrashRenderer() {
      page.kills++;
      page.frozen = false;
    },
  });
  return page;
}

describe('a page', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);
  const watched = () => {
    const page = openPage();
    watchPage(page as unknown as Parameters<typeof watchPage>[0], silent);
    return { page };
  };

  test('that answers is left alone for a whole service', async () => {
    const { page } = watched();
    await seconds(6 * 3_600);
    expect(page.kills).toBe(0);
  });

  test('that freezes is killed once, within 40 s, though nobody touches it', async () => {
    const { page } = watched();
    page.frozen = true;
    await seconds(30);
    expect(page.kills).toBe(0);
    await seconds(10);
    expect(page.kills).toBe(1);
    await seconds(600);
    expect(page.kills).toBe(1);
  });

  test('that is busy for twenty seconds is left alone', async () => {
    const { page } = watched();
    page.frozen = true;
    await seconds(20);
    page.frozen = false;
    await seconds(60);
    expect(page.kills).toBe(0);
  });

  test('that Chromium reports as unresponsive is killed within 10 s, unless it recovers', async () => {
    const { page } = watched();
    page.frozen = true;
    page.emit('unresponsive');
    page.emit('responsive');
    await seconds(10);
    expect(page.kills).toBe(0);
    page.emit('unresponsive');
    await seconds(10);
    expect(page.kills).toBe(1);
  });

  test('that is closed is no longer pinged', async () => {
    const { page } = watched();
    page.gone = true;
    await seconds(10);
    expect(vi.getTimerCount()).toBe(0);
    expect(page.listenerCount('unresponsive')).toBe(0);
  });
});
