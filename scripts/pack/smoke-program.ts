import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ALREADY_RUNNING } from '#main/setup-identity.ts';
import { type Program, startCommand } from '#test/support/program.ts';
import { until } from '#test/support/until.ts';
import { createServer } from '../../test/e2e/support/server.ts';
import { createShop } from '../../test/e2e/support/shop.ts';
import { desktopShows } from './desktop-shows.ts';

/** For a first start on a slow machine, ms. */
const START_WITHIN_MS = 90_000;
/** For everything that a running program does, ms. */
const STEP_WITHIN_MS = 30_000;

interface Started {
  program: Program;
  browser: Browser;
  page: Page;
}

/**
 * Starts an installed program with a real server and an order, taps the order, opens it by a link from a second start, kills
 * the program, starts it again, and quits. The page is reached by Chromium's debugging port, which no fuse switches off.
 *
 * @param path the program, or an AppImage
 * @param output the folder for pictures, the program's log and what it printed
 * @param say gets a line for each step
 * @param onDesktop checks its tray icon and notification, too
 * @throws at the first step that fails
 */
export async function smokeProgram(
  path: string,
  output: string,
  say: (line: string) => void,
  onDesktop: boolean,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-smoke-'));
  mkdirSync(output, { recursive: true });
  const data = join(dir, 'display');
  const server = await createServer(dir);
  const shop = await createShop(server.url, 'smoke');
  const order = await shop.order({ number: '117' });
  const env = {
    TICKETRAIL_DATA: data,
    TICKETRAIL_SERVER: server.url,
    TICKETRAIL_TOKEN: await shop.displayToken('Smoke'),
  };
  const ticket = (status: string) => `[data-testid=ticket][data-order-id="${order.id}"][data-status=${status}]`;
  let last: Started | null = null;

  async function start(): Promise<Started> {
    const program = await startCommand(
      [path, '--remote-debugging-port=0'],
      { env, readyWithinMs: START_WITHIN_MS },
      (said) => (said.includes('display ready') ? (/DevTools listening on (ws:\S+)/.exec(said)?.[1] ?? null) : null),
    );
    const browser = await chromium.connectOverCDP(program.ready);
    const page = await until('a window', () => browser.contexts()[0]?.pages()[0], STEP_WITHIN_MS);
    page.setDefaultTimeout(STEP_WITHIN_MS);
    last = { program, browser, page };
    return last;
  }

  try {
    const first = await start();
    await first.page.locator(ticket('pending')).waitFor();
    say('started: the board shows the order');
    if (onDesktop) {
      await until('a notification and a tray icon', () => desktopShows(first.page), START_WITHIN_MS);
      say('the desktop shows a notification and a tray icon');
    }
    await first.page.locator(ticket('pending')).getByTestId('ticket-action').click();
    await until('the tap', async () => (await shop.read(order)).status === 'preparing', STEP_WITHIN_MS);
    say('a tap reached the server');

    const code = await exitCode(secondStart(path, `ticketrail://order/${order.id}`), env);
    if (code !== (process.platform === 'darwin' ? 0 : ALREADY_RUNNING))
      throw new Error(`the second start ended with ${code}`);
    await first.page.getByTestId('order-sheet').getByText('117').first().waitFor();
    await first.page.screenshot({ path: join(output, 'link.png') });
    say('a second start handed its link to the first, and ended');

    await first.browser.close();
    await first.program.stop('SIGKILL');
    const again = await start();
    await again.page.locator(ticket('preparing')).waitFor();
    await again.page.screenshot({ path: join(output, 'board.png') });
    say('killed and started again: the board is back');

    const session = await again.browser.newBrowserCDPSession();
    // Electron quits without an answer.
    session.send('Browser.close').catch(() => {});
    const ended = await Promise.race([again.program.ended, sleep(STEP_WITHIN_MS, 'not within 30 s', { ref: false })]);
    if (ended !== 0) throw new Error(`the program quit: ${ended}`);
    say('quit');
  } catch (error) {
    await (last as Started | null)?.page
      .screenshot({ path: join(output, 'failed.png'), timeout: 5_000 })
      .catch(() => {});
    throw error;
  } finally {
    const { program } = (last as Started | null) ?? {};
    await program?.stop('SIGKILL');
    if (program) writeFileSync(join(output, 'printed.txt'), program.output());
    if (existsSync(join(data, 'logs'))) cpSync(join(data, 'logs'), join(output, 'logs'), { recursive: true });
    await server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The system opens links on macOS, and starts the program with the link as an argument elsewhere. */
function secondStart(path: string, link: string): string[] {
  const app = /^.+\.app(?=\/)/.exec(path)?.[0];
  return app ? ['open', '-a', app, link] : [path, link];
}

async function exitCode([command = '', ...args]: string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'inherit', timeout: STEP_WITHIN_MS });
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
}
