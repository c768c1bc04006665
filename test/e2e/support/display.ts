import { join } from 'node:path';
import { _electron, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { freePort } from '#test/support/free-port.ts';
import { startProgram } from '#test/support/program.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface DisplayOptions {
  /** Null: the display is not set up yet. */
  serverUrl: string | null;
  token: string | null;
  /** Its data folder. */
  dir: string;
  /** Added to the host's environment. */
  env?: Record<string, string>;
  page?: Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'reducedMotion'>;
}

/** A running display. */
export interface Running {
  page: Page;
  /** Shuts it down cleanly, as by Ctrl-C or by closing the window. */
  close(): Promise<void>;
  /** Kills it, as a power cut does. */
  kill(): Promise<void>;
}

/** Runs the browser host as a process, and its page in Chromium. */
export async function runInBrowser(browser: Browser, options: DisplayOptions): Promise<Running> {
  const { serverUrl, token, dir } = options;
  const args = ['--data', dir, '--port', String(await freePort()), ...(serverUrl ? ['--server', serverUrl] : [])];
  const env = { ...options.env, ...(token && { TICKETRAIL_TOKEN: token }) };
  const host = await startProgram('scripts/display-web.ts', args, env, (said) => {
    return /display ready (http:\S+)/.exec(said)?.[1] ?? null;
  });
  const context = await browser.newContext(options.page);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await host.stop(signal);
    await context.close();
  };
  const page = await context.newPage();
  await page.goto(host.ready);
  return { page, close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Runs the installed program: Electron with the built main, preload and renderer. */
export async function runInElectron(executablePath: string, options: DisplayOptions): Promise<Running> {
  const app = await _electron.launch({
    executablePath,
    args: [join(ROOT, 'dist/shell/main.js')],
    env: {
      ...(process.env as Record<string, string>),
      ...options.env,
      TICKETRAIL_DATA: options.dir,
      ...(options.serverUrl && { TICKETRAIL_SERVER: options.serverUrl }),
      ...(options.token && { TICKETRAIL_TOKEN: options.token }),
    },
    ...(options.page?.colorScheme && { colorScheme: options.page.colorScheme }),
  });
  const page = await app.firstWindow();
  const size = options.page?.viewport;
  if (size)
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
  const kill = async (): Promise<void> => {
    const exited = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGKILL');
    await exited;
  };
  return { page, close: () => app.close(), kill };
}
