import { spawn } from 'node:child_process';

/**
 * Runs a program that may take at most `ms`, quietly. True when it ended with 0; else what it said was wrong goes
 * to `say`. Never throws: what could not be run is false too.
 */
export function runBounded(command: string, args: string[], ms: number, say: (line: string) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: ms, killSignal: 'SIGKILL' });
    let said = '';
    const listen = (text: string): void => {
      said = (said + text).slice(-2_000);
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    const end = (why: string | null): void => {
      if (why !== null) say(`${command} ${args.join(' ')}: ${why}`);
      resolve(why === null);
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) end(null);
      else end(signal ? `not done after ${Math.round(ms / 1000)} s` : (complaint(said) ?? `ended with ${code}`));
    });
  });
}

/** The last line that speaks of an error, else the last. */
function complaint(said: string): string | undefined {
  const lines = said.trim().split('\n');
  return lines.findLast((line) => /error|fail/i.test(line))?.trim() ?? lines.at(-1);
}
