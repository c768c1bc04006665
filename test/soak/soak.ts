import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Day, SoakOptions } from './run-soak.ts';

/** Runs a soak in a separate process with a replaced clock. Rejects when the process fails. */
export async function soak(options: SoakOptions, onDay: (day: Day) => void = () => {}): Promise<Day[]> {
  const worker = join(import.meta.dirname, 'worker.ts');
  const child = spawn(process.execPath, ['--expose-gc', worker, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const days: Day[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface(child.stdout)) {
    const day = JSON.parse(line) as Day;
    days.push(day);
    onDay(day);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the soak ended with ${code} after ${days.length} days`);
  return days;
}
