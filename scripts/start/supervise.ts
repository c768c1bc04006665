import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** Delays before a restart, ms, by the number of crashes in a row; a minute of uptime resets it. */
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const STEADY_MS = 60_000;
/** How long a child may take to close before it is killed, ms. */
const CLOSE_WITHIN_MS = 10_000;

export interface Child {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Its output goes here. */
  logFile: string;
  onLine?(line: string): void;
  /** Called when it ends unasked. @returns whether to restart it */
  onEnd(end: End): boolean;
}
export interface End {
  code: number | null;
  /** Its last line of output. */
  last: string;
}

export interface Supervised {
  /** Asks it to close and waits until it ends; kills it if it does not. Harmless to call twice. */
  stop(): Promise<void>;
}

/**
 * Keeps one child process running until it is stopped. The child does not outlive this process. `TICKETRAIL_SUPERVISED` keeps it from
 * starting itself again after a crash.
 */
export function supervise(child: Child): Supervised {
  mkdirSync(dirname(child.logFile), { recursive: true });
  const log = createWriteStream(child.logFile, { flags: 'a' });
  let running: ChildProcess;
  let ended: Promise<void>;
  let stopping = false;
  let crashes = 0;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    const startedAt = performance.now();
    let last = '';
    const started = spawn(child.command, child.args, {
      cwd: child.cwd,
      env: { ...child.env, TICKETRAIL_SUPERVISED: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    running = started;
    for (const input of [started.stdout, started.stderr]) {
      if (!input) continue;
      createInterface({ input }).on('line', (line) => {
        if (!log.writableEnded) log.write(`${line}\n`);
        last = line || last;
        child.onLine?.(line);
      });
    }
    ended = new Promise((resolve) => {
      const over = (code: number | null) => {
        resolve();
        if (!stopping) later(() => ({ code, last }), performance.now() - startedAt);
      };
      // Not `close`, which is not emitted after we close the channel.
      started.once('exit', over);
      started.once('error', (error) => {
        last = error.message;
        if (started.pid === undefined) over(null);
      });
    });
  }

  /** Calls `onEnd` at the time of the restart, when the last output has been read too. */
  function later(end: () => End, ranMs: number): void {
    crashes = ranMs > STEADY_MS ? 1 : crashes + 1;
    // Ctrl-C also reaches the children, and one may end before this process gets the signal.
    restart = setTimeout(
      () => {
        if (!stopping && child.onEnd(end())) start();
      },
      BACK_OFF_MS[Math.min(crashes, BACK_OFF_MS.length) - 1],
    );
  }

  start();
  return {
    async stop() {
      stopping = true;
      clearTimeout(restart);
      // See end-with-parent.ts. Programs without it, such as Electron, react to the signal.
      if (running.connected) running.disconnect();
      running.kill('SIGTERM');
      const tooLong = setTimeout(() => running.kill('SIGKILL'), CLOSE_WITHIN_MS);
      await ended;
      clearTimeout(tooLong);
      log.end();
    },
  };
}

/** The command that runs one of our programs as a child that ends with its parent (see end-with-parent.ts). */
export function ourNode(
  root: string,
  script: string,
  ...args: string[]
): { command: string; args: string[]; cwd: string } {
  const withParent = pathToFileURL(join(root, 'scripts/start/end-with-parent.ts')).href;
  return { command: process.execPath, args: ['--import', withParent, join(root, script), ...args], cwd: root };
}
