import { type Program, startProgram } from '#test/support/program.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';

const READY_WITHIN_MS = 60_000;
/** A server that drains and closes has 10 s (contract, section 15), and this machine may be busy. */
const ENDS_WITHIN_MS = 20_000;
/** A supervisor's pause before it starts a program that has ended by itself. */
const SUPERVISED_AFTER_MS = 500;

export interface TargetProcessOptions<T> {
  name: string;
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Reads its output; null: not ready yet. */
  ready(output: string): Promise<T | null>;
  readyWithinMs?: number;
  /** It has ended by itself, with this output, and is started again; without this, it is not. */
  onEnd?(doing: 'serving' | 'starting', output: string): void;
}

export type TargetProcess<T> = ReturnType<typeof createTargetProcess<T>>;

/** A real process that can be killed at any moment and restarted on the same port and files. */
export function createTargetProcess<T>(options: TargetProcessOptions<T>) {
  const { name, file, args, env, ready, readyWithinMs = READY_WITHIN_MS, onEnd } = options;
  const programs: Program[] = [];
  let program: Program | null = null;
  let value: T | null = null;
  /** Grows with each start and kill: what belongs to an earlier one has no effect. */
  let turn = 0;

  async function launch(mine: number): Promise<void> {
    const own = await startProgram(file, args, env, () => true as const);
    programs.push(own);
    if (mine !== turn) return own.stop('SIGKILL');
    program = own;
    if (onEnd) void own.ended.then(() => (mine === turn ? launchAgain(mine, own) : undefined));
  }

  async function launchAgain(mine: number, ended: Program): Promise<void> {
    const wasUp = value !== null;
    value = null;
    onEnd?.(wasUp ? 'serving' : 'starting', ended.output());
    await sleep(SUPERVISED_AFTER_MS);
    if (mine !== turn) return;
    await launch(mine);
    // Whoever started it still waits, unless it was ready before.
    if (wasUp) await untilReady(mine).catch(() => undefined);
  }

  async function untilReady(mine: number): Promise<void> {
    const look = async (): Promise<T | 'killed' | null> => {
      const answer = mine === turn && program ? await ready(program.output()) : 'killed';
      return mine === turn ? answer : 'killed';
    };
    const answer = await until(name, look, readyWithinMs).catch((error: Error) => {
      throw new Error(`${error.message}; its output:\n${program?.output().slice(-2_000)}`);
    });
    if (answer !== 'killed' && mine === turn) value = answer as T;
  }

  return {
    name,
    state: (): 'down' | 'starting' | 'up' => (program === null ? 'down' : value === null ? 'starting' : 'up'),
    /** The result of `ready` while it is up. */
    ready: () => value,
    /** Resolves when it is up or was killed before that; throws if it does not start. */
    async start(): Promise<void> {
      const mine = ++turn;
      await launch(mine);
      await untilReady(mine);
    },
    /** Ends it, by default by `kill -9`, and waits. @returns false: it did not obey and was killed */
    async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<boolean> {
      const own = program;
      let obeyed = true;
      turn += 1;
      program = null;
      value = null;
      const late = setTimeout(() => {
        obeyed = false;
        own?.send('SIGKILL');
      }, ENDS_WITHIN_MS);
      await own?.stop(signal);
      clearTimeout(late);
      return obeyed;
    },
    /** Such as `SIGSTOP`. */
    send: (signal: NodeJS.Signals): void => program?.send(signal),
    /** All that it has written, over restarts. */
    output: (): string => programs.map((one) => one.output()).join('\n--- started again ---\n'),
  };
}
