import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { fakeApp } from '#test/support/electron/fake-app.ts';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';
import { installImage, realUpdater, startFeed } from '#test/support/electron/update-feed.ts';
import type { Updater } from './open-updater.ts';
import { watchUpdates } from './watch-updates.ts';

/** electron-updater itself, with a feed on this machine. Only timers of the shell are faked. */
const MINUTE = 60_000;

type Feed = Awaited<ReturnType<typeof startFeed>>;

function openProgram(feed: Feed) {
  const { app, becomeReady } = fakeApp({ userData: '/tmp', second: false, platform: 'linux' }, () => true);
  becomeReady();
  const updater = realUpdater(app, installImage(), feed.url);
  const program = { logged: [] as string[], shown: [] as unknown[], unhandled: [] as unknown[] };
  const note = (message: string) => void program.logged.push(message);
  const unhandled = (error: unknown) => void program.unhandled.push(error);
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  watchUpdates({
    load: async () => updater,
    publicKey: feed.key,
    display: { onPush: () => () => {} },
    desktop: { set: ({ update }) => void program.shown.push(update) },
    makeWay: async () => {},
    restart: () => {},
    moved: () => {},
    idleSeconds: () => 0,
    log: { info: note, warn: note, error: note },
  });
  return program;
}

/** Waits, in real time, since the feed answers in real time. */
async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    try {
      return check();
    } catch {
      await sleep(20);
    }
  }
  check();
}

const fakeTimers = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });

describe('an update', () => {
  beforeEach(() => {
    fakeTimers();
    onTestFinished(() => void vi.useRealTimers());
  });

  test('that is signed is downloaded', async () => {
    const program = openProgram(await startFeed({ stagingPercentage: 100 }));
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    await eventually(() => expect(program.shown).toEqual(['0.2.0']));
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['that is missing on the server', (response) => response.writeHead(404).end()],
    ['that the server does not send', (response) => response.writeHead(500).end()],
    ['whose connection breaks', (response) => response.destroy()],
    [
      'that breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': '1000000' }).write('#!');
        setImmediate(() => response.destroy());
      },
    ],
    ['that is truncated', (response) => response.end('#!/bin')],
  ])('%s is logged and downloaded by the next check', async (_, file) => {
    const feed = await startFeed();
    const whole = feed.state.file;
    feed.state.file = file;
    const program = openProgram(feed);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    await eventually(() => expect(program.logged).toContain('could not look for an update'));
    // An unhandled rejection would restart the program in mid-service.
    await sleep(20);
    expect([program.unhandled, program.shown]).toEqual([[], []]);
    feed.state.file = whole;
    await vi.advanceTimersByTimeAsync(4 * 60 * MINUTE);
    await eventually(() => expect(program.shown).toEqual(['0.2.0']));
  });

  test.each<[string, Parameters<typeof startFeed>[0], Feed['state']['signature']]>([
    ['that is not signed', {}, 'none'],
    ['that has the signature of another version', {}, 'of another version'],
    ['with files that the signature does not cover', { packages: { x64: { path: 'evil.7z', sha512: '' } } }, 'good'],
    ['that is older than the program', { version: '0.0.9' }, 'good'],
    ['for none of the displays yet', { stagingPercentage: 0 }, 'good'],
  ])('%s is not downloaded', async (_, latest, signature) => {
    const feed = await startFeed(latest);
    feed.state.signature = signature;
    const program = openProgram(feed);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    await eventually(() => expect(program.logged.join()).toMatch(/is not available/));
    await sleep(20);
    expect([program.shown, feed.state.asked]).toEqual([[], ['/latest-linux.yml']]);
  });
});

describe.skipIf(process.platform === 'win32')('an AppImage', () => {
  /** The program, started at login from an AppImage, with an update in its feed. */
  async function startImage() {
    const feed = await startFeed();
    const files = installImage();
    const env = { APPIMAGE: files.image, XDG_CONFIG_HOME: join(files.dir, 'config') };
    const opened: { updater?: Updater } = {};
    fakeTimers();
    const shell = await startShell(
      { updates: { publicKey: feed.key, load: async () => opened.updater as Updater } },
      env,
    );
    onTestFinished(() => void vi.useRealTimers());
    const updater = realUpdater(shell.electron.app, files, feed.url);
    opened.updater = updater;
    const answer = await bridgeOf(shell).call('changeSettings', {
      desktop: { ...DEFAULT_SETTINGS.desktop, launchAtLogin: true },
    });
    expect(answer).toMatchObject({ ok: true });
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    await eventually(() => expect(updater.listenerCount('appimage-filename-updated')).toBe(1));
    const autostart = () => readFileSync(join(files.dir, 'config/autostart/ticketrail.desktop'), 'utf8');
    await eventually(() => expect(autostart()).toContain(files.image));
    return { ...files, shell, updater, autostart };
  }
  const isWaiting = (shell: Awaited<ReturnType<typeof startShell>>) =>
    eventually(() =>
      expect(readFileSync(join(shell.userData, 'logs/display.log'), 'utf8')).toContain('waits for a quiet'),
    );

  test('is replaced in a quiet moment: the databases are closed and the lock is free before the new one starts', async () => {
    const { shell, updater, image, newImage, started, autostart } = await startImage();
    await isWaiting(shell);
    const found: unknown[] = [];
    updater.on('appimage-filename-updated', () => {
      found.push({ locked: shell.state.locked, open: existsSync(join(shell.userData, 'queue.db-wal')) });
    });
    expect({ locked: shell.state.locked, open: existsSync(join(shell.userData, 'queue.db-wal')) }).toEqual({
      locked: true,
      open: true,
    });
    await vi.advanceTimersByTimeAsync(20 * MINUTE);
    await eventually(() => expect(shell.state.exitCode).toBe(0));
    expect(found).toEqual([{ locked: false, open: false }]);
    expect([existsSync(image), existsSync(newImage)]).toEqual([false, true]);
    await eventually(() => expect(existsSync(started)).toBe(true));
    expect(autostart()).toContain(newImage);
  });

  test('is replaced by quitting, and starts at the next login', async () => {
    const { shell, newImage, started, autostart } = await startImage();
    await isWaiting(shell);
    shell.electron.app.quit();
    await eventually(() => expect(shell.state.exitCode).toBe(0));
    expect([existsSync(newImage), existsSync(started)]).toEqual([true, false]);
    expect(autostart()).toContain(newImage);
  });
});
