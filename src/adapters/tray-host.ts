import { execFile } from 'node:child_process';
import type { Undo } from '#contract/bridge.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const PATH = '/StatusNotifierWatcher';
const PROPERTY = 'IsStatusNotifierHostRegistered';
const GET = 'org.freedesktop.DBus.Properties.Get';

/** The tools a desktop may have; each makes the same query. */
const TOOLS: readonly (readonly [string, ...string[]])[] = [
  ['gdbus', 'call', '--session', '--dest', WATCHER, '--object-path', PATH, '--method', GET, WATCHER, PROPERTY],
  ['busctl', '--user', 'get-property', WATCHER, PATH, WATCHER, PROPERTY],
  [
    'dbus-send',
    '--session',
    '--print-reply',
    `--dest=${WATCHER}`,
    PATH,
    GET,
    `string:${WATCHER}`,
    `string:${PROPERTY}`,
  ],
];
/** Timeout of a query, ms; a bus that does not answer counts as none. */
const ASK_MS = 2_000;
/** Polls often in the first minute, for a panel that starts late, and seldom after that; ms. */
const SOON_MS = 3_000;
const SOON_FOR_MS = 60_000;
const LATER_MS = 60_000;

/** Returns what a program prints; null: there is no such program. Rejects if it fails. */
export type RunTool = (file: string, args: readonly string[]) => Promise<string | null>;

/**
 * Whether a Linux desktop shows tray icons, that is, has a status notifier host (freedesktop's StatusNotifierItem). Without
 * one, Electron makes an icon that nobody sees. Returns false if it cannot be asked.
 */
export async function hasTrayHost(run: RunTool = runTool): Promise<boolean> {
  for (const [file, ...args] of TOOLS) {
    try {
      const output = await run(file, args);
      if (output !== null) return /\btrue\b/.test(output);
    } catch {
      // The tool exists, but there is no bus, no watcher or no answer.
      return false;
    }
  }
  return false;
}

/** Reports whether there is a host, at once and after each change: panels start late, and crash. */
export function watchTrayHost(ask: () => Promise<boolean>, listener: (there: boolean) => void): Undo {
  let last: boolean | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let waitedMs = 0;

  async function check(): Promise<void> {
    const there = await ask();
    if (stopped) return;
    if (there !== last) listener(there);
    last = there;
    const wait = waitedMs < SOON_FOR_MS ? SOON_MS : LATER_MS;
    waitedMs += wait;
    timer = setTimeout(() => void check(), wait);
    timer.unref();
  }
  void check();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

const runTool: RunTool = (file, args) =>
  new Promise((resolve, reject) => {
    execFile(file, args, { timeout: ASK_MS }, (error, stdout) => {
      if (!error) resolve(stdout);
      else if ('code' in error && error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
  });
