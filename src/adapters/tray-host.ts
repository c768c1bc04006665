import { execFile } from 'node:child_process';
import type { Undo } from '#contract/bridge.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const PATH = '/StatusNotifierWatcher';
const PROPERTY = 'IsStatusNotifierHostRegistered';
const GET = 'org.freedesktop.DBus.Properties.Get';

/** Whichever of them a desktop has: the question is the same. */
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
/** A bus that does not answer is none, ms. */
const ASK_MS = 2_000;
/** A panel that starts after this program is found soon, one that comes later in a while; ms. */
const SOON_MS = 3_000;
const SOON_FOR_MS = 60_000;
const LATER_MS = 60_000;

/** What a program prints; null: there is no such program. Rejects when it fails. */
export type RunTool = (file: string, args: readonly string[]) => Promise<string | null>;

/**
 * Whether a Linux desktop has a place for tray icons: a status notifier host, by freedesktop's StatusNotifierItem. Electron
 * makes an icon without one, and shows it to nobody. Who cannot be asked has none.
 */
export async function hasTrayHost(run: RunTool = runTool): Promise<boolean> {
  for (const [file, ...args] of TOOLS) {
    try {
      const said = await run(file, args);
      if (said !== null) return /\btrue\b/.test(said);
    } catch {
      // There is a tool, and no bus, no watcher or no answer.
      return false;
    }
  }
  return false;
}

/** Tells whether there is one, at once and whenever that changes: panels start late, and crash. */
export function watchTrayHost(ask: () => Promise<boolean>, listener: (there: boolean) => void): Undo {
  let last: boolean | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let lookedFor = 0;

  async function look(): Promise<void> {
    const there = await ask();
    if (stopped) return;
    if (there !== last) listener(there);
    last = there;
    const wait = lookedFor < SOON_FOR_MS ? SOON_MS : LATER_MS;
    lookedFor += wait;
    timer = setTimeout(() => void look(), wait);
    timer.unref();
  }
  void look();
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
