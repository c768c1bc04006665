import type { Order } from '#contract/order.ts';
import { nextStatus } from '#contract/status.ts';
import type { Cable } from './conditions.ts';
import { pass, play, type Run } from './play.ts';
import type { SimDisplay } from './sim-display.ts';
import type { Template } from './sim-server.ts';
import type { Simulation } from './simulation.ts';

/** What happens; `false` where it cannot happen or would change nothing. */
type Happen = (sim: Simulation, display: SimDisplay) => unknown;
interface Event {
  name: string;
  /** Then passes before the next event. */
  ms: number;
  happen: Happen;
  /** It is not the last one. */
  isPreparation: boolean;
}

/** How many points of a program's run after which it may be killed: commits, acks, replies, messages. */
const POINTS = { display: 12, server: 8 };
/** Long enough for an answer and what follows from it. */
const LONG_MS = 1_000;

const points = (count: number): number[] => Array.from({ length: count }, (_, point) => point);

const isUp = (sim: Simulation): boolean => sim.life() !== null;
const isNot = ({ wire }: SimDisplay, cable: Cable): boolean => wire.cable() !== cable;
const setCable =
  (to: Cable): Happen =>
  (_, display) =>
    isNot(display, to) && display.wire.setCable(to);

/** What causes messages: the next event comes at once, among them, or when they have arrived. */
const actions: [string, Happen][] = [
  ['an order', (sim) => isUp(sim) && sim.shop.place({ fulfilment: 'pickup' })],
  ['the shop sets it ready', (sim) => isUp(sim) && sim.shop.change('POST', '/status', { status: 'ready' })],
  ['a tap on the next step', (_, display) => tap(display, nextStep)],
  ['a tap on priority', (_, display) => tap(display, priority)],
  ['the cable is whole', setCable('whole')],
  ['the display starts', (_, display) => !display.isUp() && display.restart('kept')],
  ['the display starts without its copy', (_, display) => !display.isUp() && display.restart('lost')],
  ['the server starts', (sim) => !isUp(sim) && sim.serverStarts()],
  ['the backup is restored', (sim) => sim.hasBackup() && sim.restore(false)],
  ['the backup is restored as a new epoch', (sim) => sim.hasBackup() && sim.restore(true)],
];
const failures: [string, Happen][] = [
  ['the cable is cut', setCable('cut')],
  ['the cable is silent', setCable('silent')],
  ['the cable loses what goes up', setCable('mute')],
  ['the cable loses what comes down', setCable('deaf')],
  ['the display is killed', (_, display) => display.isUp() && display.kill(false)],
  ['the server is killed', (sim) => isUp(sim) && sim.life()?.crash.kill('between two events')],
  [
    'the log is cut short',
    (sim) =>
      isUp(sim) &&
      sim
        .life()
        ?.service.clean()
        .catch(() => undefined),
  ],
  ['the copy loses an order', (_, display) => display.isUp() && display.rot()],
];
/** What changes only what comes after it. */
const preparations: [string, Happen][] = [
  ['a backup', (sim) => isUp(sim) && sim.backUp()],
  ['the next answer is lost', (_, { wire }) => wire.loseAnswers(1)],
  ['the next message is lost', (_, { wire }) => wire.loseMessages(1)],
  ['the disk of taps is full', (_, { faults }) => !faults.queue && Object.assign(faults, { queue: true })],
  ['the disk of orders is full', (_, { faults }) => !faults.cache && Object.assign(faults, { cache: true })],
  ...points(POINTS.display).map((point): [string, Happen] => [
    `the display will be killed after ${point} points`,
    (_, display) => display.isUp() && display.armCrash(point, false),
  ]),
  ...points(POINTS.server).map((point): [string, Happen] => [
    `the server will be killed after ${point} points`,
    (sim) => isUp(sim) && sim.life()?.crash.arm(point),
  ]),
];

const event = ([name, happen]: [string, Happen], ms: number, isPreparation = false): Event => ({
  name,
  ms,
  happen,
  isPreparation,
});
export const EVENTS: readonly Event[] = [
  ...[0, LONG_MS].flatMap((ms) => actions.map((one) => event(one, ms))),
  ...failures.map((one) => event(one, 0)),
  ...preparations.map((one) => event(one, 0, true)),
];

/** Every sequence of that many events has a number, in which the first event is the most significant digit. */
export const countSchedules = (length: number): number => EVENTS.length ** length;

/** An event of the schedule cannot happen after those before it. */
class Impossible extends Error {
  readonly index: number;
  constructor(index: number) {
    super(`event ${index} cannot happen`);
    this.index = index;
  }
}

/**
 * One display with one order and a live link, then the events of schedule `number`, the repair and the checks.
 *
 * @returns the run; or, where an event cannot happen, the number of the first schedule after all that begin like this one
 */
export async function runSchedule(template: Template, length: number, number: number): Promise<Run | number> {
  const weight = (index: number): number => EVENTS.length ** (length - 1 - index);
  const events = Array.from({ length }, (_, i) => EVENTS[Math.floor(number / weight(i)) % EVENTS.length] as Event);
  if (events.at(-1)?.isPreparation) return number + 1;
  try {
    const run = await play(template, 1, (sim, steps) => follow(sim, events, steps), { displays: 1, logChanges: 0 });
    return { ...run, seed: number };
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    const step = weight(error.index);
    return (Math.floor(number / step) + 1) * step;
  }
}

async function follow(sim: Simulation, events: readonly Event[], steps: string[]): Promise<void> {
  const [display] = sim.displays;
  if (!display) throw new Error('there is no display');
  await sim.shop.place({ fulfilment: 'pickup' });
  await pass(sim, LONG_MS);
  for (const [i, { name, ms, happen }] of events.entries()) {
    if (sim.faults.length > 0) return;
    steps.push(`${name}, ${ms} ms`);
    try {
      if ((await happen(sim, display)) === false) throw new Impossible(i);
    } catch (error) {
      if (error instanceof Impossible) throw error;
      sim.uncaught(error);
    }
    await pass(sim, ms);
  }
}

async function tap(display: SimDisplay, intentFor: (order: Order) => Parameters<SimDisplay['tap']>[1] | null) {
  const order = (await display.board())?.tickets[0]?.order;
  const intent = order && intentFor(order);
  return order && intent ? display.tap(order.id, intent) : false;
}
function nextStep({ status, fulfilment }: Order) {
  const to = nextStatus(status, fulfilment);
  return to && ({ type: 'set_status', payload: { from: status, to } } as const);
}
const priority = (order: Order) => ({ type: 'set_priority', payload: { priority: !order.priority } }) as const;
