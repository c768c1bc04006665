import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test as base, type Page, type TestInfo } from '@playwright/test';
import type { SettingsPatch } from '#contract/settings.ts';
import { type CuttableLink, createCuttableLink } from '#test/support/cuttable-link.ts';
import { installedElectron } from '../../../scripts/start/electron-binary.ts';
import { changeSettings } from './change-settings.ts';
import { type DisplayOptions, type Running, runInBrowser, runInElectron } from './display.ts';
import { type Screen, screenOf } from './screen.ts';
import { createServer, type Server } from './server.ts';
import { createSharedHosts, type SharedHosts } from './shared-hosts.ts';
import { createShop, type Shop } from './shop.ts';

const ELECTRON = installedElectron(join(import.meta.dirname, '../../..'));

export interface Display extends Screen {
  /** Kills it and starts it again on the same folder. In a browser it needs `ownProcess`. */
  powerCut(): Promise<void>;
  saved: Running['saved'];
  log: Running['log'];
}

interface Fixtures {
  /** Skips a spec with the reason where there is no Electron. */
  host: 'browser' | 'electron';
  dir: string;
  /** One server for all specs of a worker; each spec has its own shop and store. Restarts after a spec that stopped it. */
  server: Server;
  shop: Shop;
  /** A connection between displays and server that a spec can cut. */
  link: CuttableLink;
  /** Opens another display of the shop. Waits for its board only if it changes settings. */
  openDisplay(options?: Partial<DisplayOptions> & OpenOptions): Promise<Display>;
}

interface OpenOptions {
  name?: string;
  settings?: SettingsPatch;
  /** In a browser: not in the process that it otherwise shares with the displays of other specs. Electron's always has its own. */
  ownProcess?: boolean;
}

interface WorkerFixtures {
  sharedServer: () => Promise<Server>;
  sharedHosts: () => SharedHosts;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sharedServer: [
    // biome-ignore lint/correctness/noEmptyPattern: as below
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), 'ticketrail-e2e-server-'));
      let server = null as Promise<Server> | null;
      await use(() => {
        server ??= createServer(dir);
        return server;
      });
      await (await server)?.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
  sharedHosts: [
    // biome-ignore lint/correctness/noEmptyPattern: as below
    async ({}, use) => {
      let hosts = null as SharedHosts | null;
      await use(() => {
        hosts ??= createSharedHosts();
        return hosts;
      });
      await hosts?.stop();
    },
    { scope: 'worker' },
  ],
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use, info) => {
      const host = info.project.name === 'electron' ? 'electron' : 'browser';
      info.skip(host === 'electron' && ELECTRON === null, 'no Electron binary here; npx install-electron gets one');
      await use(host);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  dir: async ({}, use) => {
    const dir = mkdtempSync(join(tmpdir(), 'ticketrail-e2e-'));
    await use(dir);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  },
  server: async ({ sharedServer }, use) => {
    const server = await sharedServer();
    await use(server);
    await server.start();
  },
  shop: async ({ server }, use) => use(await createShop(server.url, `shop-${randomUUID().slice(0, 8)}`)),
  link: async ({ server }, use) => {
    const link = await createCuttableLink(server.url);
    await use(link);
    await link.close();
  },
  openDisplay: async ({ host, dir, server, shop, browser, sharedHosts, viewport, reducedMotion }, use, info) => {
    const running = new Map<Running, DisplayOptions>();
    await use(async ({ name = 'Pass', settings, ownProcess, ...given } = {}) => {
      const options: DisplayOptions = {
        dir: join(dir, `display-${name}`),
        serverUrl: server.url,
        token: given.token === undefined ? await shop.displayToken(name) : given.token,
        ...given,
        page: { viewport, reducedMotion, ...given.page },
      };
      // A shifted clock is of a whole process.
      const hosts = ownProcess || options.clockAheadMs ? null : sharedHosts();
      const run = async () => {
        const started = await (host === 'electron' && ELECTRON
          ? runInElectron(ELECTRON, options)
          : runInBrowser(browser, options, hosts));
        running.set(started, options);
        if (host === 'electron' && info.retry > 0)
          await started.page.context().tracing.start({ screenshots: true, snapshots: true });
        return started;
      };
      let now = await run();
      const display: Display = {
        ...screenOf(now.page),
        powerCut: async () => {
          running.delete(now);
          await now.kill();
          now = await run();
          Object.assign(display, screenOf(now.page));
        },
        saved: (start) => now.saved(start),
        log: () => now.log(),
      };
      if (settings) await changeSettings(display.page, settings);
      return display;
    });
    if (info.errors.length > 0)
      for (const [{ page }, options] of running) await report(info, options, host === 'electron' ? page : null);
    await Promise.all([...running.keys()].map((one) => one.close()));
  },
});

/**
 * Attaches a display's log to a failed test.
 *
 * @param page for its picture and trace, which Playwright itself records only of browsers; null: neither
 */
async function report(info: TestInfo, { dir }: DisplayOptions, page: Page | null): Promise<void> {
  const log = join(dir, 'logs/display.log');
  if (existsSync(log)) await info.attach('display.log', { path: log });
  const picture = await page?.screenshot({ timeout: 5_000 }).catch(() => null);
  if (picture) await info.attach('screen.png', { body: picture, contentType: 'image/png' });
  const trace = info.outputPath(`${basename(dir)}-trace.zip`);
  if (page && info.retry > 0) await page.context().tracing.stop({ path: trace });
}
