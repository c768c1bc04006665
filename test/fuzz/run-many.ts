import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithStarter } from '#test/support/end-with-starter.ts';
import { newFolder, removeFolder } from './folders.ts';
import type { Run } from './play.ts';

/** A run makes much short-lived garbage. MB. */
const NODE = ['--max-semi-space-size=64'];
const WORKER = join(import.meta.dirname, 'worker.ts');

export interface Many {
  /** The first seed; each run takes the next one. */
  seed: number;
  runs: number;
  mutant?: string;
  /** Runs every schedule of so many events instead: `seed` is the number of the first, `runs` how many numbers there are. */
  events?: number;
  /** Ends at the first run that finds something. */
  untilFound?: boolean;
  processes?: number;
  /** Called with each run as it ends. */
  onRun?(run: Outcome): void;
}
/** A run as its worker reports it; with its steps only if it failed. */
export type Outcome = Omit<Run, 'steps'> & { steps: string[] | number };

/** Runs seeds in one worker process per core. Throws when a worker fails. */
export async function runMany(many: Many): Promise<Outcome[]> {
  const { seed, runs, mutant, events, untilFound = false, onRun = () => {} } = many;
  const processes = Math.min(many.processes ?? availableParallelism(), runs);
  const outcomes: Outcome[] = [];
  const children: ReturnType<typeof spawn>[] = [];
  const found = (): boolean => outcomes.some(({ faults }) => faults.length > 0);

  const folder = newFolder();
  const stretch = async (index: number): Promise<void> => {
    const range = { seed: seed + index, end: seed + runs, step: processes };
    const args = [
      ...Object.entries(range).flatMap(([name, value]) => [`--${name}`, `${value}`]),
      '--folder',
      newFolder(folder),
      ...(mutant ? ['--mutant', mutant] : []),
      ...(events ? ['--events', `${events}`] : []),
    ];
    const child = spawn(process.execPath, [...NODE, WORKER, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endWithStarter(child);
    children.push(child);
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-4_000);
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    for await (const line of createInterface({ input: child.stdout })) {
      const outcome = JSON.parse(line) as Outcome;
      outcomes.push(outcome);
      onRun(outcome);
      if (untilFound && found()) for (const one of children) one.kill('SIGKILL');
    }
    const code = await ended;
    if (code !== 0 && !(untilFound && found())) throw new Error(`a worker ended with ${code}: ${complaint}`);
  };
  try {
    await Promise.all(Array.from({ length: processes }, (_, index) => stretch(index)));
  } finally {
    for (const child of children) child.kill('SIGKILL');
    removeFolder(folder);
  }
  return outcomes.sort((a, b) => a.seed - b.seed);
}
