import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { MUTANTS } from '#test/fuzz/mutants.ts';
import { type Outcome, runMany } from '#test/fuzz/run-many.ts';
import { countSchedules, EVENTS } from '#test/fuzz/schedules.ts';

/**
 * `npm run fuzz -- --runs 10000`: runs real displays against the real server under random faults, from a fresh seed.
 * `--events 3`: runs every schedule of one to three events instead; with `--mutant name`, until one detects it.
 * `--mutant name` or `all`: switches a guard off until a run detects it, in at most `--runs` runs each. Exits with 1 if a run
 * finds something or no run detects a mutant. `--processes` is the number of cores by default. To repeat a failed seed: `--seed N --runs 1`.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    mutant: { type: 'string' },
    events: { type: 'string' },
    processes: { type: 'string' },
  },
});
const whole = (text: string | undefined, otherwise: number): number => {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${text} is no whole number above 0`);
  return number;
};
const processes = whole(values.processes, availableParallelism());
const seed = whole(values.seed, Date.now() % 1_000_000_000);

if (values.events !== undefined) await everySchedule(whole(values.events, 1));
else if (values.mutant === undefined) await fuzz(whole(values.runs, 1_000));
else await hunt(values.mutant, whole(values.runs, 2_000));

async function fuzz(runs: number): Promise<void> {
  console.log(`${runs} runs from seed ${seed}`);
  const begun = performance.now();
  let done = 0;
  const outcomes = await runMany({
    seed,
    runs,
    processes,
    onRun(run) {
      if (run.faults.length > 0) report(run);
      if (++done % 500 === 0) console.log(`  ${done} runs, ${Math.round((performance.now() - begun) / 1_000)} s`);
    },
  });
  const sum = (of: (run: Outcome) => number): number => outcomes.reduce((all, run) => all + of(run), 0);
  const bad = outcomes.filter(({ faults }) => faults.length > 0);
  console.log(
    `${outcomes.length} runs, ${sum(({ steps }) => (typeof steps === 'number' ? steps : steps.length))} steps, ` +
      `${sum(({ taps }) => taps)} taps, ${sum(({ changes }) => changes)} changes in the logs; ` +
      `${Math.round((performance.now() - begun) / 1_000)} s`,
  );
  console.log(
    bad.length === 0
      ? `Nothing lost, nothing twice, nothing shown that was not so: below ${percent(3 / outcomes.length)} of runs fail, with 95 % confidence.`
      : `${bad.length} runs found something: seeds ${bad.map((run) => run.seed).join(', ')}`,
  );
  if (bad.length > 0) process.exitCode = 1;
}

async function everySchedule(longest: number): Promise<void> {
  const { mutant } = values;
  for (let events = 1; events <= longest; events++) {
    const begun = performance.now();
    const outcomes = await runMany({
      seed: 0,
      runs: countSchedules(events),
      events,
      processes,
      ...(mutant === undefined ? {} : { mutant, untilFound: true }),
      onRun: (run) => run.faults.length > 0 && report(run),
    });
    const bad = outcomes.filter(({ faults }) => faults.length > 0).length;
    console.log(
      `${events} of ${EVENTS.length} events: ${outcomes.length} schedules that can happen, ${bad} found something; ` +
        `${Math.round((performance.now() - begun) / 1_000)} s`,
    );
    if (bad > 0) process.exitCode = 1;
  }
}

/** If n runs pass, at most 3/n of all runs fail, with 95 % confidence (the rule of three). */
function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`;
}

async function hunt(name: string, runs: number): Promise<void> {
  const mutants = name === 'all' ? MUTANTS : MUTANTS.filter((one) => one.name === name);
  if (mutants.length === 0)
    throw new Error(`there is no mutant ${name}; there are ${MUTANTS.map((one) => one.name).join(', ')}`);
  const alive: string[] = [];
  for (const mutant of mutants) {
    const outcomes = await runMany({ seed, runs, processes, mutant: mutant.name, untilFound: true });
    const found = outcomes.find(({ faults }) => faults.length > 0);
    if (!found) alive.push(mutant.name);
    console.log(`${found ? '✓' : '✗'} ${mutant.name}: ${mutant.what}`);
    console.log(
      found
        ? `  found out in run ${outcomes.length} (seed ${found.seed}): ${found.faults[0]}`
        : `  alive after ${runs} runs`,
    );
  }
  console.log(`${mutants.length - alive.length} of ${mutants.length} mutants are found out, from seed ${seed}`);
  if (alive.length > 0) process.exitCode = 1;
}

function report({ seed, faults, steps }: Outcome): void {
  console.log(`✗ seed ${seed}`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (typeof steps !== 'number') for (const [i, step] of steps.entries()) console.log(`      ${i + 1}. ${step}`);
}
