import { examine } from './examine.ts';
import { settle } from './fake-machine.ts';
import type { Template } from './sim-server.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import { pickStep } from './steps.ts';

export interface Run {
  seed: number;
  /** What is wrong, without duplicates; empty if the run passed. */
  faults: string[];
  /** What happened, in order. */
  steps: string[];
  changes: number;
  taps: number;
}

/** The longest recovery after the repair, ms: the longest back-off plus a digest. */
const RECOVERY_MS = 240_000;
/** How long displays take to notice that the server's clock was set, and then to fetch their orders again, ms. */
const CLOCK_MS = 60_000;
/** How long it must stay correct, ms. */
const QUIET_MS = 16_000;

/** One run: random faults, then a repair, then the final checks. */
export async function runSeed(template: Template, seed: number, atMost = Number.POSITIVE_INFINITY): Promise<Run> {
  const sim = await createSimulation(template, seed);
  const steps: string[] = [];
  const reject = (error: unknown): void => sim.uncaught(error);
  process.on('unhandledRejection', reject);
  try {
    for (let i = sim.random.int(0, 3); i > 0; i--) await sim.shop.place({});
    const count = Math.min(atMost, sim.random.int(20, 90));
    for (let i = 0; i < count && sim.faults.length === 0; i++) {
      const { name, step } = pickStep(sim.random);
      const display = sim.random.pick(sim.displays);
      const ms = sim.random.pick([0, 0, 5, 30, 200, 1_000, 6_000, 14_000]);
      steps.push(`${name} (${display.name}), ${ms} ms`);
      try {
        await step(sim, display, sim.random);
      } catch (error) {
        sim.uncaught(error);
      }
      await pass(sim, ms);
    }
    if (sim.faults.length === 0) await repair(sim);
    if (sim.faults.length === 0) for (const words of await examine(sim)) sim.fault(words);
    const taps = sim.displays.reduce((sum, { taps }) => sum + [...taps.values()].filter((tap) => tap.ok).length, 0);
    return { seed, faults: [...new Set(sim.faults)], steps, changes: sim.oracle.head().seq, taps };
  } finally {
    await sim.dispose();
    process.off('unhandledRejection', reject);
  }
}

async function pass(sim: Simulation, ms: number): Promise<void> {
  await sim.clock.advance(ms);
  await settle();
  for (const display of sim.displays) {
    sim.checks.cache(display);
    if (display.isUp()) await sim.checks.picture(display);
  }
}

async function repair(sim: Simulation): Promise<void> {
  sim.life()?.crash.arm(Number.POSITIVE_INFINITY);
  sim.life()?.fill(0);
  sim.setServerAhead(0);
  if (!sim.life()) await sim.serverStarts();
  for (const display of sim.displays) {
    const { wire, faults } = display;
    wire.setCable('whole');
    wire.setWebsockets(true);
    wire.setSlow(0);
    wire.loseAnswers(0);
    wire.loseMessages(0);
    faults.cache = false;
    faults.queue = false;
    if (display.isUp()) display.armCrash(Number.POSITIVE_INFINITY, false);
    else await display.restart('kept');
    // Otherwise it must recover without a hint.
    if (sim.random.chance(0.5)) display.program()?.networkChanged(true);
  }
  const untilHeard = sim.clockSetAt() + CLOCK_MS - sim.clock.monotonic();
  if (untilHeard > 0) await pass(sim, untilHeard);
  for (let ms = 0; ms < RECOVERY_MS && sim.faults.length === 0; ms += 5_000) {
    await pass(sim, 5_000);
    // Only the next digest reveals silent damage.
    if (sim.displays.some(({ corrupt }) => corrupt) || (await examine(sim)).length > 0) continue;
    return pass(sim, QUIET_MS);
  }
}
