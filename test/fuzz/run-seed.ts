import { pass, play, type Run } from './play.ts';
import type { Template } from './sim-server.ts';
import { pickStep } from './steps.ts';

/** One run of 20 to 90 random steps. */
export function runSeed(template: Template, seed: number): Promise<Run> {
  return play(template, seed, async (sim, steps) => {
    for (let i = sim.random.int(0, 3); i > 0; i--) await sim.shop.place({});
    const count = sim.random.int(20, 90);
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
  });
}
