import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runFeed } from '../feed/run-feed.ts';
import { PAGES, SCREEN } from './builds.ts';
import type { Cleanup } from './cleanup.ts';
import { adminTokenIn, demoPairingCode, ensureDemoShop, placeTrackedOrder } from './demo-shop.ts';
import { hasDesktop } from './electron-binary.ts';
import { ensureBuilt } from './ensure-built.ts';
import { fetchElectron } from './fetch-electron.ts';
import { startDisplay } from './start-display.ts';
import type { StartFlags } from './start-flags.ts';
import { consoleTokenIn, startServer } from './start-server.ts';
import type { Lock } from './take-lock.ts';

/** Starts server, shop, feed and display, and registers each in `cleanup`. Resolves when the board is up. */
export async function runDemo(
  {
    root,
    dataDir,
    lock,
    flags,
    say,
    onClosed,
  }: {
    root: string;
    dataDir: string;
    lock: Lock;
    flags: StartFlags;
    say: (line: string) => void;
    onClosed: () => void;
  },
  cleanup: Cleanup,
): Promise<void> {
  if (flags.fresh) rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const tokenFile = join(dataDir, 'tokens.json');

  const screen = ensureBuilt(root, SCREEN, say);
  // Awaited below; until then a failure must not end the process.
  screen.catch(() => {});
  const server = await startServer(root, dataDir, adminTokenIn(tokenFile), say);
  await cleanup.add(server.stop);
  const tokens = await ensureDemoShop(server.url, adminTokenIn(tokenFile), tokenFile);
  writeFileSync(consoleTokenIn(dataDir), tokens.manager, { mode: 0o600 });
  if (flags.feed) await cleanup.add(runFeed(server.url, tokens.integration, Date.now()));
  await screen;
  // The display does not wait for them.
  const pages = ensureBuilt(root, PAGES, say).catch((error: Error) => say(error.message));
  const needs = { root, dataDir, serverUrl: server.url, token: tokens.display, window: flags.window, say };
  const display = await startDisplay(needs, onClosed);
  await cleanup.add(display.stop);

  const board = display.address ?? 'in its own window';
  lock.note(board);
  await pages;
  say('');
  say(`  Board    ${board}`);
  say(`  Console  ${server.url}/console`);
  say(`  Admin    ${server.url}/admin (sign in with the admin token)`);
  if (flags.feed) say(`  Order    ${await placeTrackedOrder(server.url, tokens.integration)}`);
  say(`  API      ${server.url}/api/v1/docs/`);
  say(`  Tokens   ${relative(process.cwd(), tokenFile)}`);
  say(`  Pairing  ${await demoPairingCode(server.url, tokens.admin)}, for another screen at ${server.url}`);
  say('');
  say(flags.feed ? 'A simulated dinner service is running. Ctrl-C stops everything.' : 'Ctrl-C stops everything.');
  const { addressToOpen } = display;
  if (addressToOpen && flags.open && hasDesktop(process.platform, process.env)) openBrowser(addressToOpen);
  const fetching = flags.window ? fetchElectron(root, join(dataDir, 'logs', 'electron.log'), say) : null;
  if (fetching) await cleanup.add(fetching.stop);
}

/**
 * Opens the system's browser; if that fails, the printed address still works.
 *
 * @param address other users of the machine can see it among the arguments
 */
function openBrowser(address: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command as string, [...args, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  // `start` would treat a quoted address as a title; `explorer` takes it as it is.
  win32: ['explorer'],
};
