import { type Program, startProgram } from '#test/support/program.ts';
import { until } from '#test/support/until.ts';

const READY_WITHIN_MS = 60_000;

export interface TargetProcessOptions<T> {
  name: string;
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Reads its output; null: not ready yet. */
  ready(output: string): Promise<T | null>;
}

export type TargetProcess<T> = ReturnType<typeof createTargetProcess<T>>;

/** A real process that can be killed at any moment and restarted on the same port and files. */
export function createTargetProcess<T>({ name, file, args, env, ready }: TargetProcessOptions<T>) {
  let program: Program | null = null;
  let value: T | null = null;
  return {
    name,
    state: (): 'down' | 'starting' | 'up' => (program === null ? 'down' : value === null ? 'starting' : 'up'),
    /** The result of `ready` while it is up. */
    ready: () => value,
    /** Resolves when it is up or was killed before that; throws if it does not start. */
    async start(): Promise<void> {
      const own = await startProgram(file, args, env, () => true as const);
      program = own;
      const up = async (): Promise<T | 'killed' | null> => (program === own ? ready(own.output()) : 'killed');
      const answer = await until(name, up, READY_WITHIN_MS).catch((error: Error) => {
        throw new Error(`${error.message}; its output:\n${own.output().slice(-2_000)}`);
      });
      if (answer !== 'killed' && program === own) value = answer as T;
    },
    /** `kill -9`. */
    async kill(): Promise<void> {
      const own = program;
      program = null;
      value = null;
      await own?.stop('SIGKILL');
    },
  };
}
