import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Waits between restarts, ms: the n-th crash in a row waits the n-th of these; one that ran for a minute starts afresh. */
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const STEADY_MS = 60_000;
/** How long a child may take to close before it is killed, ms. */
const CLOSE_WITHIN_MS = 10_000;

export interface Child {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** What it prints is kept here. */
  logFile: string;
  onLine?(line: string): void;
  /** It ended without being asked to. @returns whether to start it again */
  onEnd(end: { code: number | null; last: string }): boolean;
  /** Its next start is now. */
  onRestart?(): void;
}

export interface Supervised {
  /** Asks it to close and waits until it has; kills it when it does not. Twice is harmless. */
  stop(): Promise<void>;
}

/** Keeps one child process running until told otherwise, and never leaves it behind. */
export function supervise(child: Child): Supervised {
  const log = createWriteStream(child.logFile, { flags: 'a' });
  const options: SpawnOptions = { cwd: child.cwd, env: child.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] };
  let running: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let stopping = false;
  let crashes = 0;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    const startedAt = performance.now();
    let last = '';
    const process = spawn(child.command, child.args, options);
    running = process;
    for (const stream of [process.stdout, process.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        last = line || last;
        child.onLine?.(line);
      });
    }
    ended = new Promise((resolve) => {
      process.once('error', () => resolve());
      process.once('close', (code) => {
        resolve();
        if (!stopping) decide(code, last, performance.now() - startedAt);
      });
    });
  }

  function decide(code: number | null, last: string, ranMs: number): void {
    crashes = ranMs > STEADY_MS ? 1 : crashes + 1;
    const wait = BACK_OFF_MS[Math.min(crashes, BACK_OFF_MS.length) - 1];
    // Ctrl-C reaches children too, and one may end before we have heard of it: who waits a moment knows.
    restart = setTimeout(() => {
      if (stopping || !child.onEnd({ code, last })) return;
      child.onRestart?.();
      start();
    }, wait);
  }

  start();
  return {
    async stop() {
      stopping = true;
      clearTimeout(restart);
      if (running?.exitCode === null && running.signalCode === null) {
        running.kill('SIGTERM');
        const tooLong = setTimeout(() => running?.kill('SIGKILL'), CLOSE_WITHIN_MS);
        await ended;
        clearTimeout(tooLong);
      }
      log.end();
    },
  };
}
