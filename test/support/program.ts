import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const READY_MS = 30_000;
/** Whoever is stopped in the middle, by Ctrl-C say, leaves nothing running behind. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) send(child, 'SIGKILL');
});

export interface Program {
  /** Everything that it has written so far. */
  output(): string;
  /** Waits until it has ended. `SIGKILL` is the power cut. Twice is harmless. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts one of our programs in a process of its own, as `npm run` would, and resolves when `ready` gives something.
 * Rejects with what the program said when it ends before, or after 30 s.
 *
 * @param file path from the root of the project
 * @param ready looks at the output so far; asked again every 25 ms
 * @param inside a command that runs another one in a place of its own, such as `ip netns exec kitchen`
 */
export async function startProgram<T>(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  ready: (output: string) => T | null | Promise<T | null>,
  inside: readonly string[] = [],
): Promise<Program & { ready: T }> {
  // A group of its own, so that stop() reaches whatever it started in turn.
  const [command = process.execPath, ...words] = [...inside, process.execPath, join(ROOT, file), ...args];
  const child = spawn(command, words, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  running.add(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void exited.then(() => running.delete(child));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    send(child, signal);
    await exited;
  };

  const deadline = Date.now() + READY_MS;
  for (;;) {
    const value = await ready(text);
    if (value !== null) return { ready: value, output: () => text, stop };
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      await stop('SIGKILL');
      throw new Error(`${file} ${ended ? 'ended' : 'was not ready'}; it said:\n${text.slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended between the question and the signal.
  }
}
