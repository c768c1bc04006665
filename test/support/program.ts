import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { endWithStarter } from './end-with-starter.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Programs to kill when this process ends, also by Ctrl-C. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) send(child, 'SIGKILL');
});

export interface Program {
  pid: number;
  /** Its output so far. */
  output(): string;
  /** Resolves with its exit code once it has ended and its output is complete; null after a signal. */
  ended: Promise<number | null>;
  /** Such as `SIGSTOP`, which pauses it. */
  send(signal: NodeJS.Signals): void;
  /** Ends it and waits. `SIGKILL` simulates a power cut. Harmless to call twice. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface Surroundings {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  readyWithinMs?: number;
}

/**
 * Starts a command and resolves when `ready` returns something. Rejects with its output if it ends before that, or is not
 * ready in time.
 *
 * @param ready reads the output so far; called every 25 ms
 */
export async function startCommand<T>(
  [command = process.execPath, ...args]: readonly string[],
  { env, cwd = ROOT, readyWithinMs = 30_000 }: Surroundings,
  ready: (output: string) => T | null | Promise<T | null>,
): Promise<Program & { ready: T }> {
  // In a process group, so that stop() reaches the processes that it starts.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithStarter(child);
  let text = '';
  const record = (chunk: unknown): void => {
    text += String(chunk);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', record);
  running.add(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      record(error.message);
      resolve();
    });
  }).then(() => running.delete(child));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    send(child, signal);
    await exited;
  };
  const pid = child.pid ?? 0;

  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    const value = await ready(text);
    if (value !== null)
      return { ready: value, pid, output: () => text, ended, send: (signal) => send(child, signal), stop };
    const isOver = !running.has(child);
    if (isOver || Date.now() > deadline) {
      await stop('SIGKILL');
      throw new Error(
        `${command} ${args.join(' ')} ${isOver ? 'ended' : 'was not ready'}; its output:\n${text.slice(-2_000)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/**
 * Starts one of our programs as a process, as `npm run` does.
 *
 * @param file path from the root of the project
 * @param inside a command that runs another one, such as `ip netns exec kitchen`
 */
export const startProgram = <T>(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  ready: (output: string) => T | null | Promise<T | null>,
  inside: readonly string[] = [],
): Promise<Program & { ready: T }> =>
  startCommand([...inside, process.execPath, join(ROOT, file), ...args], { env }, ready);

function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended between the check and the signal.
  }
}
