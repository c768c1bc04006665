import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  _electron,
  type Browser,
  type BrowserContextOptions,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { freePort } from '#test/support/free-port.ts';
import { startProgram } from '#test/support/program.ts';
import { shiftedClock, shiftedProcess } from '#test/support/shifted-clock.ts';
import type { SharedHosts } from './shared-hosts.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface DisplayOptions {
  /** Null: the display is not set up yet. */
  serverUrl: string | null;
  token: string | null;
  /** Its data folder. */
  dir: string;
  /** How far the clock of its machine is ahead, ms. */
  clockAheadMs?: number;
  page?: Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'reducedMotion'>;
}

/** A file that the page saved. */
export interface SavedFile {
  /** The name that it suggested. */
  name: string;
  text: string;
}

/** A running display. */
export interface Running {
  page: Page;
  /** Does what makes the page save a file, and waits for the file. */
  saved(start: () => Promise<void>): Promise<SavedFile>;
  /** What it has logged so far, including earlier runs in Electron. */
  log(): string;
  /** Shuts it down cleanly, as by Ctrl-C or by closing the window. */
  close(): Promise<void>;
  /** Kills it, as a power cut does. */
  kill(): Promise<void>;
}

/** A browser host, in whatever process. */
interface Host {
  address: string;
  log(): string;
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Runs the browser host, and its page in Chromium.
 *
 * @param hosts runs it in their process; without, it gets its own process
 */
export async function runInBrowser(
  browser: Browser,
  options: DisplayOptions,
  hosts: SharedHosts | null = null,
): Promise<Running> {
  const { clockAheadMs } = options;
  const host = await (hosts ? startShared(hosts, options) : startOwn(options));
  const context = await browser.newContext(options.page);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await host.end(signal);
    await context.close();
  };
  const page = await context.newPage();
  if (clockAheadMs) await page.addInitScript(shiftedClock(clockAheadMs));
  await page.goto(host.address);
  const saved: Running['saved'] = async (start) => {
    const [download] = await Promise.all([page.waitForEvent('download'), start()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  return { page, saved, log: host.log, close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** As `npm run display:web` does. */
async function startOwn({ serverUrl, token, dir, clockAheadMs }: DisplayOptions): Promise<Host> {
  const args = ['--data', dir, '--port', String(await freePort()), ...(serverUrl ? ['--server', serverUrl] : [])];
  const env = {
    LOG_LEVEL: 'info',
    ...(clockAheadMs && shiftedProcess(clockAheadMs)),
    ...(token && { TICKETRAIL_TOKEN: token }),
  };
  const { ready, output, stop } = await startProgram('scripts/display-web.ts', args, env, (said) => {
    return /display ready (http:\S+)/.exec(said)?.[1] ?? null;
  });
  return { address: ready, log: output, end: stop };
}

async function startShared(hosts: SharedHosts, { serverUrl, token, dir }: DisplayOptions): Promise<Host> {
  const { address, close } = await hosts.start({ serverUrl, token, dataDir: dir });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (signal === 'SIGKILL') throw new Error('open the display with ownProcess: true to kill it');
    await close();
  };
  return { address, log: hosts.log, end };
}

/** Runs the built program (main, preload and screen) in Electron, with Chromium's sandbox on. */
export async function runInElectron(executablePath: string, options: DisplayOptions): Promise<Running> {
  const { serverUrl, token, dir, clockAheadMs } = options;
  mkdirSync(dir, { recursive: true });
  const clock = join(dir, 'clock.cjs');
  if (clockAheadMs) writeFileSync(clock, shiftedClock(clockAheadMs));
  const app = await _electron.launch({
    executablePath,
    // Playwright removes NODE_OPTIONS from the environment.
    args: [...(clockAheadMs ? ['--require', clock] : []), join(ROOT, 'dist/shell/main.js')],
    chromiumSandbox: true,
    env: {
      ...(process.env as Record<string, string>),
      TICKETRAIL_DATA: dir,
      ...(serverUrl && { TICKETRAIL_SERVER: serverUrl }),
      ...(token && { TICKETRAIL_TOKEN: token }),
    },
  });
  const page = await app.firstWindow();
  await page.waitForURL(({ protocol }) => protocol === 'app:');
  const { viewport, colorScheme = 'light', reducedMotion = null } = options.page ?? {};
  await page.emulateMedia({ colorScheme, reducedMotion });
  // Of the page, not of the window, which has a frame and a smallest size.
  if (viewport) await page.setViewportSize(viewport);
  if (clockAheadMs) {
    await page.addInitScript(shiftedClock(clockAheadMs));
    await page.reload();
  }
  const path = join(dir, 'saved');
  return {
    page,
    saved: (start) => savedBy(app, path, start),
    log: () => readFileSync(join(dir, 'logs/display.log'), 'utf8'),
    close: () => app.close(),
    kill: () => killed(app),
  };
}

/** Electron's downloads do not reach Playwright (microsoft/playwright#20445). */
async function savedBy(app: ElectronApplication, path: string, start: () => Promise<void>): Promise<SavedFile> {
  const listening = await app.evaluateHandle(({ session }, savePath) => {
    const name = new Promise<string>((resolve, reject) => {
      session.defaultSession.once('will-download', (_, item) => {
        item.setSavePath(savePath);
        item.once('done', (__, state) => (state === 'completed' ? resolve(item.getFilename()) : reject(state)));
      });
    });
    // A promise itself would be awaited here.
    return { name };
  }, path);
  await start();
  const name = await listening.evaluate((download) => download.name);
  return { name, text: await readFile(path, 'utf8') };
}

async function killed(app: ElectronApplication): Promise<void> {
  const program = app.process();
  const exited = new Promise((resolve) => program.once('exit', resolve));
  // Playwright starts it through a shell on Windows; killing that would leave Electron running.
  if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(program.pid), '/T', '/F']);
  else program.kill('SIGKILL');
  await exited;
}
