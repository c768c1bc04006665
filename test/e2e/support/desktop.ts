import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { IPC_CALL, IPC_PUSH, SCREEN_ORIGIN } from '#contract/ipc.ts';
import { type BootedShell, bootShell } from '#test/support/electron/boot-shell.ts';
import type { FakeElectronOptions } from '#test/support/electron/fake-electron.ts';
import { SCREEN } from '../../../scripts/start/builds.ts';
import { ensureBuilt } from '../../../scripts/start/ensure-built.ts';
import { test as base } from './fixtures.ts';
import { type Screen, screenOf } from './screen.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface Desktop {
  /** The real shell on the Electron fake, linked and live. */
  openShell(serverUrl: string, over?: Partial<FakeElectronOptions>): Promise<BootedShell>;
  /** The real page of one of its windows, in Chromium. */
  openWindow(shell: BootedShell, at?: number): Promise<Screen>;
}

export const test = base.extend<Desktop>({
  openShell: async ({ host, dir, shop }, use, info) => {
    info.skip(host === 'electron', 'this uses a fake shell, so once is enough');
    const open: BootedShell[] = [];
    const screenDir = await ensureBuilt(ROOT, SCREEN, () => {});
    await use(async (serverUrl, over = {}) => {
      const token = await shop.displayToken(`Desktop ${open.length}`);
      const env = { TICKETRAIL_SERVER: serverUrl, TICKETRAIL_TOKEN: token };
      const shell = await bootShell({ userData: join(dir, `desktop-${open.length}`), screenDir, ...over }, env);
      open.push(shell);
      await shell.booted;
      if (over.trayHost !== false) await expect.poll(() => shell.trays[0]?.picture, { timeout: 20_000 }).toBe('live');
      return shell;
    });
    for (const shell of open) await shell.end();
  },
  openWindow: async ({ browser }, use) => {
    const pages: Page[] = [];
    await use(async (shell, at = 0) => {
      const page = await pageOf(shell, at, browser);
      pages.push(page);
      return screenOf(page);
    });
    for (const page of pages) await page.close();
  },
});

/**
 * The page as the shell serves it, with its CSP and a `window.bridge` over the shell's IPC. An https address replaces `app://`,
 * which only Electron has. An init script replaces the preload script.
 */
async function pageOf(shell: BootedShell, at: number, browser: Browser): Promise<Page> {
  const window = shell.windows[at];
  if (!window?.url) throw new Error(`the shell has no window ${at}`);
  const origin = 'https://bundle.test';
  const { ipcRenderer } = shell.ipc.rendererOf(window.contents, window.toPage, { origin: SCREEN_ORIGIN, parent: null });
  const page = await browser.newPage();
  await page.exposeFunction('ask', (name: string, input: unknown) => ipcRenderer.invoke(IPC_CALL, name, input));
  await page.addInitScript(() => {
    const listeners = new Set<(name: string, payload: unknown) => void>();
    Object.assign(globalThis, {
      pushed(name: string, payload: unknown) {
        for (const listener of listeners) listener(name, payload);
      },
      bridge: {
        call: (name: string, input: unknown) =>
          (globalThis as unknown as { ask(...args: unknown[]): unknown }).ask(name, input),
        onPush: (listener: (name: string, payload: unknown) => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        onUp: (listener: (up: boolean) => void) => {
          listener(true);
          return () => {};
        },
      },
    });
  });
  window.toPage.on(IPC_PUSH, (_, name, payload) => {
    const push = (args: unknown[]) =>
      (globalThis as unknown as { pushed?(...args: unknown[]): void }).pushed?.(...args);
    void page.evaluate(push, [name, payload]).catch(() => {});
  });
  await page.route(`${origin}/**`, async (route) => {
    const answer = await shell.fetch(route.request().url().replace(origin, SCREEN_ORIGIN));
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  });
  await page.goto(window.url.replace(SCREEN_ORIGIN, origin));
  return page;
}
