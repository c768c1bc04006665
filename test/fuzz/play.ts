import { examine } from './examine.ts';
import { settle } from './fake-machine.ts';
import type { Template } from './sim-server.ts';
import { createSimulation, type Setup, type Simulation } from './simulation.ts';

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

/** One run: faults, then a repair, then the final checks. @param act makes the faults happen, and notes them in `steps` */
export async function play(
  template: Template,
  seed: number,
  act: (sim: Simulation, steps: string[]) => Promise<void>,
  setup?: Setup,
): Promise<Run> {
  const sim = await createSimulation(template, seed, setup);
  const steps: string[] = [];
  const reject = (error: unknown): void => sim.uncaught(error);
  process.on('unhandledRejection', reject);
  try {
    await act(sim, steps);
    if (sim.faults.length === 0) await repair(sim);
    if (sim.faults.length === 0) for (const words of await examine(sim)) sim.fault(words);
    const taps = sim.displays.reduce((sum, { taps }) => sum + [...taps.values()].filter((tap) => tap.ok).length, 0);
    return { seed, faults: [...new Set(sim.faults)], steps, changes: sim.oracle.head().seq, taps };
  } finally {
    await sim.dispose();
    process.off('unhandledRejection', reject);
  }
}

/** Lets time pass, ms, and checks what must hold always. */
export async function pass(sim: Simulation, ms: number): Promise<void> {
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
    const refused = sim.life()?.refused();
    await pass(sim, QUIET_MS);
    // Two displays with the same token can use up its requests, and are then offline for up to a minute.
    if (sim.life()?.refused() === refused) return;
  }
}
