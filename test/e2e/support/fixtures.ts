import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { SettingsPatch } from '#contract/settings.ts';
import { type CuttableLink, createCuttableLink } from '#test/support/cuttable-link.ts';
import { installedElectron } from '../../../scripts/start/electron-binary.ts';
import { changeSettings } from './change-settings.ts';
import { type DisplayOptions, type Running, runInBrowser, runInElectron } from './display.ts';
import { type Screen, screenOf } from './screen.ts';
import { createServer, type Server } from './server.ts';
import { createShop, type Shop } from './shop.ts';

const ELECTRON = installedElectron(join(import.meta.dirname, '../../..'));

export interface Display extends Screen {
  /** Kills it and starts it again on the same folder. */
  powerCut(): Promise<void>;
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
  openDisplay(options?: Partial<DisplayOptions> & { name?: string; settings?: SettingsPatch }): Promise<Display>;
}

export const test = base.extend<Fixtures, { sharedServer: () => Promise<Server> }>({
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
  openDisplay: async ({ host, dir, server, shop, browser }, use) => {
    const running = new Set<Running>();
    await use(async ({ name = 'Pass', settings, ...given } = {}) => {
      const options: DisplayOptions = {
        dir: join(dir, `display-${name}`),
        serverUrl: server.url,
        token: given.token === undefined ? await shop.displayToken(name) : given.token,
        ...given,
      };
      const run = () =>
        host === 'electron' && ELECTRON ? runInElectron(ELECTRON, options) : runInBrowser(browser, options);
      let now = await run();
      running.add(now);
      const display: Display = {
        ...screenOf(now.page),
        powerCut: async () => {
          running.delete(now);
          await now.kill();
          now = await run();
          running.add(now);
          Object.assign(display, screenOf(now.page));
        },
      };
      if (settings) await changeSettings(display.page, settings);
      return display;
    });
    await Promise.all([...running].map((one) => one.close()));
  },
});
