import { DAY_MS, HOUR_MS } from '#contract/local-time.ts';
import { examine } from '#test/fuzz/examine.ts';
import { settle, tracked } from '#test/fuzz/fake-machine.ts';
import type { SimDisplay } from '#test/fuzz/sim-display.ts';
import { RATE_LIMIT, STORE, type Template } from '#test/fuzz/sim-server.ts';
import { createSimulation, type Simulation } from '#test/fuzz/simulation.ts';

/** The shop opens at 10:00 local time, and a world ends before 10:45. */
const ENDS_OF_DAY = { 'no end of day': null, before: '10:45', at: '10:00', after: '09:15' } as const;

export interface World {
  /** Whose clock is set. */
  program: 'server' | 'display';
  when: 'while running' | 'between two runs';
  /** When the clock is set, as seen from the end of the day. */
  day: keyof typeof ENDS_OF_DAY;
}

/** A day ends by the server's clock, so the display's needs fewer. */
const DAYS: Record<World['program'], readonly World['day'][]> = {
  server: ['no end of day', 'before', 'at', 'after'],
  display: ['no end of day', 'before'],
};

export const WORLDS: readonly World[] = (['server', 'display'] as const).flatMap((program) =>
  (['while running', 'between two runs'] as const).flatMap((when) =>
    DAYS[program].map((day) => ({ program, when, day })),
  ),
);

const JUMPS: Record<string, number> = {
  '1 hour': HOUR_MS,
  '13 hours': 13 * HOUR_MS,
  '1 day': DAY_MS,
  '1 year': 365 * DAY_MS,
};

/**
 * Sets a clock by each jump, forward and back, then right again.
 *
 * @param isIncluded whether a jump, by its number, is made
 * @returns what went wrong
 */
export async function runWorld(
  template: Template,
  { program, when, day }: World,
  isIncluded: (jump: number) => boolean,
): Promise<string[]> {
  const sim = await createSimulation(template, 1, { displays: 1 });
  const [display] = sim.displays;
  if (!display) return ['there is no display'];
  const wrong: string[] = [];
  try {
    await sim.clock.advance(2_000);
    await display.ask('changeSettings', { endOfDay: ENDS_OF_DAY[day] });
    for (let i = 0; i < 2; i++) await sim.shop.place({});
    await sim.clock.advance(10_000);
    const jumps = Object.entries(JUMPS).flatMap(([name, ms]) => [[name, ms] as const, [name, -ms] as const]);
    for (const [jump, [name, by]] of jumps.entries())
      if (isIncluded(jump))
        for (const words of await setClock(sim, display, { program, when, by, endsDay: day !== 'no end of day' }))
          wrong.push(`${by > 0 ? '+' : '−'}${name}: ${words}`);
    return [...sim.faults, ...wrong];
  } finally {
    await sim.dispose();
  }
}

interface Setting extends Pick<World, 'program' | 'when'> {
  by: number;
  endsDay: boolean;
}

async function setClock(
  sim: Simulation,
  display: SimDisplay,
  { program, when, by, endsDay }: Setting,
): Promise<string[]> {
  const wrong: string[] = [];
  const check = (isRight: boolean, words: string): void => {
    if (!isRight) wrong.push(words);
  };
  const setTo = async (ahead: number): Promise<void> => {
    if (program === 'server') sim.setServerAhead(ahead);
    else display.setWall(ahead === 0 ? -by : by);
    if (when === 'while running') return;
    if (program === 'display') return display.restart('kept');
    sim.life()?.crash.kill('to be started again');
    await settle();
    await sim.serverStarts();
  };
  const answersBefore = answersOf(display);

  await spendRequests(sim, display.device.token);
  display.wire.setCable('cut');
  await sim.clock.advance(1_000);
  await tapFirst(display);
  await setTo(by);
  display.wire.setCable('whole');
  await sim.clock.advance(62_000);
  const code = await tracked(pairingCode(sim));
  check(await paired(sim, code), 'a new pairing code does not pair');
  check((await request(sim, display.device.token)) !== 429, 'the rate limit is stuck');
  await tapFirst(display);
  await sim.shop.place({});
  // A display whose socket was refused during the flood may still be polling, every 10 s.
  await sim.clock.advance(12_000);
  const shown = await shownOn(display);
  const orders = openOrders(sim);
  const newest = orders.at(-1);
  check(newest !== undefined && shown.includes(newest), 'the order placed meanwhile is not shown');
  const mayEnd = program === 'server' && endsDay && by > 0;
  check(mayEnd || orders.every((id) => shown.includes(id)), 'an order is hidden');
  check(await alarmRings(display, newest), 'the alarm does not ring for the new order');
  await sim.checks.picture(display);

  await setTo(0);
  await sim.clock.advance(130_000);
  const after = await shownOn(display);
  check(
    openOrders(sim).every((id) => after.includes(id)),
    'an order stays hidden when the clock is right again',
  );
  check(answersOf(display) >= answersBefore + 2, 'answered taps are forgotten');
  const status = await display.status();
  for (const { code: refusal, commandType } of status?.failedCommands ?? [])
    check(false, `${commandType} is refused: ${refusal}`);
  for (const { id } of status?.failedCommands ?? []) await display.ask('dismissFailedCommand', { id });
  return [...wrong, ...(await examine(sim))];
}

const openOrders = ({ oracle }: Simulation): string[] => [...(oracle.at(oracle.head().hash)?.orders.keys() ?? [])];
const shownOn = async (display: SimDisplay): Promise<string[]> =>
  (await display.board())?.tickets.map(({ order }) => order.id) ?? [];
const answersOf = (display: SimDisplay): number => display.rows().filter(({ answer }) => answer !== null).length;

/** Toggles the priority of the first order. */
async function tapFirst(display: SimDisplay): Promise<void> {
  const order = (await display.board())?.tickets[0]?.order;
  if (order) await display.tap(order.id, { type: 'set_priority', payload: { priority: !order.priority } });
}

async function alarmRings(display: SimDisplay, orderId: string | undefined): Promise<boolean> {
  const status = await display.status();
  return orderId !== undefined && status?.alarm.orderIds.includes(orderId) === true;
}

const request = async (sim: Simulation, token: string): Promise<number | undefined> =>
  (await sim.life()?.ask({ method: 'GET', url: '/api/v1/orders/none', token }))?.status;

/** Uses up the requests that a token has in a minute. */
async function spendRequests(sim: Simulation, token: string): Promise<void> {
  for (let i = 0; i < RATE_LIMIT; i++) if ((await request(sim, token)) === 429) return;
}

async function pairingCode(sim: Simulation): Promise<string> {
  return (await sim.life()?.service.access.createPairingCode(STORE))?.code ?? '';
}

async function paired(sim: Simulation, code: string): Promise<boolean> {
  const pairing = sim.life()?.service.access.redeemPairingCode(code, 'Another screen');
  return (
    pairing !== undefined &&
    tracked(pairing).then(
      () => true,
      () => false,
    )
  );
}
