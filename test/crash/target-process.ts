import { type Program, startProgram } from '#test/support/program.ts';
import { until } from '#test/support/until.ts';

const READY_WITHIN_MS = 60_000;

/** A real process that is killed and started again, at any moment, on the same port and the same files. */
export interface TargetProcess<T> {
  name: string;
  state(): 'down' | 'starting' | 'up';
  /** What `ready` gave, as long as it is up. */
  ready(): T | null;
  /** Resolves when it is up, or was killed before; throws when it does not come up by itself. */
  start(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

export interface TargetProcessOptions<T> {
  name: string;
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Looks at what it has written; null: not yet. */
  ready(output: string): Promise<T | null>;
}

export function createTargetProcess<T>({ name, file, args, env, ready }: TargetProcessOptions<T>): TargetProcess<T> {
  let program: Program | null = null;
  let value: T | null = null;
  return {
    name,
    state: () => (program === null ? 'down' : value === null ? 'starting' : 'up'),
    ready: () => value,
    async start() {
      const own = await startProgram(file, args, env, () => true as const);
      program = own;
      let said = '';
      const up = async (): Promise<T | 'killed' | null> => {
        said = own.output();
        return program === own ? ready(said) : 'killed';
      };
      const answer = await until(name, up, READY_WITHIN_MS).catch((error: Error) => {
        throw new Error(`${error.message}; it said:\n${said.slice(-2_000)}`);
      });
      if (answer !== 'killed' && program === own) value = answer as T;
    },
    async kill() {
      const own = program;
      program = null;
      value = null;
      await own?.stop('SIGKILL');
    },
  };
}
