import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endWithStarter } from './end-with-starter.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Outcome {
  /** Null after a signal. */
  code: number | null;
  out: string;
  err: string;
}

/**
 * Runs one of our programs to its end, as `npm run` does.
 *
 * @param file path from the root of the project
 * @param killWhen kills it by SIGKILL once its output so far says so
 */
export async function runScript(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  killWhen: (out: string) => boolean = () => false,
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithStarter(child);
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
    if (killWhen(out)) child.kill('SIGKILL');
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}
