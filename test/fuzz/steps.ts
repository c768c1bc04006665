import type { Intent } from '#contract/command.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { nextStatus, previousStatus, STATUSES } from '#contract/status.ts';
import { PROTOCOL } from '#contract/sync.ts';
import type { HttpRequest } from '#core/ports.ts';
import type { Random } from '#test/support/random.ts';
import type { SimDisplay } from './sim-display.ts';
import { RATE_LIMIT } from './sim-server.ts';
import type { Simulation } from './simulation.ts';

type Step = (sim: Simulation, display: SimDisplay, random: Random) => unknown;

/** The events of a run and their weights. */
const STEPS: [weight: number, name: string, step: Step][] = [
  [16, 'an order', ({ shop }, _, r) => shop.place({ fulfilment: r.pick(['pickup', 'delivery', 'dine_in'] as const) })],
  [5, 'a patch', ({ shop }, _, r) => shop.change('PATCH', '', { note: `${r.int(1, 1e6)}`, priority: r.chance(0.3) })],
  [4, 'a status', ({ shop }, _, r) => shop.change('POST', '/status', { status: r.pick(STATUSES.slice(0, 5)) })],
  [3, 'a customer cancels', ({ shop }) => shop.change('POST', '/status', { status: 'cancelled', reason: 'no' })],
  [2, 'a payment', ({ shop }, _, r) => shop.change('POST', '/payment', { status: r.pick(['paid', 'unpaid']) })],
  [1, 'a deletion', ({ shop }) => shop.change('DELETE', '')],
  [50, 'a tap', (_, display, r) => tap(display, r)],
  [1, 'all seen', (_, display) => display.acknowledgeAll()],
  [1, 'a refusal dismissed', (_, display) => dismiss(display)],
  [
    6,
    'the cable',
    (_, { wire }, r) => wire.setCable(r.pick(['cut', 'silent', 'mute', 'deaf', 'whole', 'whole', 'whole'] as const)),
  ],
  [5, 'a hole in the wire', (_, { wire }, r) => wire.loseMessages(r.int(1, 3))],
  [3, 'no websockets', (_, { wire }, r) => wire.setWebsockets(r.chance(0.5))],
  [4, 'a slow wire', (_, { wire }, r) => wire.setSlow(r.pick([0, 0, 100, 600, 2_000]))],
  [4, 'answers get lost', (_, { wire }, r) => wire.loseAnswers(r.int(1, 2))],
  [2, 'wake', (_, display) => display.program()?.wake()],
  [2, 'refresh', (_, display) => void display.program()?.call('refresh', null)],
  [1, 'the network went', (_, display, r) => display.program()?.networkChanged(r.chance(0.5))],
  [3, 'a clock jumps', (_, display, r) => display.setWall(jump(r))],
  [2, 'the clock of the server is set', (sim, _, r) => sim.setServerAhead(r.chance(0.5) ? 0 : serverJump(r))],
  [6, 'a display will be killed', (_, display, r) => display.armCrash(r.int(0, 14), r.chance(0.4))],
  [1, 'a display is killed', (_, display, r) => display.kill(r.chance(0.4))],
  [16, 'a display starts', (sim, _, r) => restart(sim, r)],
  [
    4,
    'a display starts on a damaged file',
    (_, display, r) =>
      display.restart('kept', r.pick(['cache.db', 'cache.db-wal', 'queue.db', 'queue.db', 'queue.db-wal'] as const)),
  ],
  [2, 'an image of the disks', (_, display) => display.takeImage()],
  [
    5,
    'a disk',
    (_, { faults }, r) =>
      Object.assign(faults, r.pick([{ cache: true }, { queue: true }, { cache: false, queue: false }])),
  ],
  [3, 'a cache rots', (_, display) => display.rot()],
  [1, 'a flood of requests', (sim, display, r) => flood(sim, r.chance(0.5) ? display.device.token : sim.shop.token)],
  [1, 'a flood of hellos', (sim, { device }) => floodOfHellos(sim, device.token)],
  [5, 'the server will be killed', ({ life }, _, r) => life()?.crash.arm(r.int(0, 6))],
  [1, 'the server is killed', ({ life }) => life()?.crash.kill('between two steps')],
  [20, 'the server starts', (sim) => sim.life() ?? sim.serverStarts()],
  [3, 'the server starts on a damaged file', (sim) => sim.startDamaged()],
  [1, 'the server has a full disk', ({ life }, _, r) => life()?.fill(r.int(1, 4))],
  [
    3,
    'the log is cut short',
    ({ life }) =>
      life()
        ?.service.clean()
        .catch(() => undefined),
  ],
  [4, 'a backup', (sim) => sim.backUp()],
  [5, 'a restored backup', (sim, _, r) => sim.restore(r.chance(0.5))],
  [3, 'a copied disk', (sim) => sim.copyDisplay()],
];
const TOTAL = STEPS.reduce((sum, [weight]) => sum + weight, 0);

export function pickStep(random: Random): { name: string; step: Step } {
  let dice = random.int(0, TOTAL - 1);
  for (const [weight, name, step] of STEPS) {
    dice -= weight;
    if (dice < 0) return { name, step };
  }
  throw new Error('unreachable');
}

const JUMPS = [MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, 13 * HOUR_MS, DAY_MS, 8 * DAY_MS];
const YEAR_MS = 365 * DAY_MS;

/** From minutes to a year, forward or back; ms. */
const jump = (random: Random): number =>
  random.pick([-1, 1]) * (random.pick([...JUMPS, YEAR_MS]) + random.int(0, MINUTE_MS));

/**
 * A display takes answers that are dated over 30 days back for ones that the server may have forgotten, and sends none of
 * those taps again after a restored backup. So a server's clock is set back by days only.
 */
const serverJump = (random: Random): number =>
  random.chance(0.3) ? -random.pick(JUMPS) : random.pick([...JUMPS, YEAR_MS]) + random.int(0, MINUTE_MS);

/** More than a token may ask in a minute: others with the same token must wait. */
const FLOOD = RATE_LIMIT + 10;

async function flood({ life }: Simulation, token: string): Promise<void> {
  const request: HttpRequest = { method: 'GET', url: '/api/v1/orders/none', token };
  for (let i = 0; i < FLOOD; i++) await life()?.ask(request);
}

/** Another program with this display's token. */
function floodOfHellos({ life }: Simulation, token: string): void {
  const port = { say(): void {}, closed(): void {} };
  const auth = { token, protocol: PROTOCOL, appVersion: '0.0.0' };
  life()?.sockets.connect(auth, port, (socket) => {
    if (socket instanceof Error) return;
    for (let i = 0; i < FLOOD; i++) socket.receive('hello', { epoch: null, cursor: 0, hash: null }, () => {});
  });
}

async function tap(display: SimDisplay, random: Random): Promise<void> {
  const board = await display.board();
  const ids = board?.tickets.map(({ order }) => order.id).sort() ?? [];
  if (!board || ids.length === 0) return;
  // Mostly the same order, so that a repeated effect shows.
  const id = random.chance(0.6) ? ids[0] : random.pick(ids);
  const order = board.tickets.find((ticket) => ticket.order.id === id)?.order;
  if (order) await display.tap(order.id, intentFor(order, random));
}

/** An intent of any type. Those that set a value depend on the current one, so that a repeated effect shows. */
function intentFor(order: Order, random: Random): Intent {
  const { status, fulfilment } = order;
  const next = nextStatus(status, fulfilment);
  const back = previousStatus(status, fulfilment);
  const item = order.items[0];
  const due = Date.parse(order.dueAt ?? order.placedAt) + 5 * 60_000;
  const intents: (Intent | null)[] = [
    next && { type: 'set_status', payload: { from: status, to: next } },
    next && { type: 'set_status', payload: { from: status, to: next } },
    back && { type: 'set_status', payload: { from: status, to: back } },
    { type: 'set_status', payload: { from: status, to: random.pick(['rejected', 'cancelled']), reason: 'no' } },
    { type: 'acknowledge', payload: {} },
    { type: 'set_priority', payload: { priority: !order.priority } },
    { type: 'set_priority', payload: { priority: !order.priority } },
    { type: 'set_due', payload: { dueAt: new Date(due).toISOString() } },
    { type: 'set_due', payload: { dueAt: order.dueAt === null ? new Date(due).toISOString() : null } },
    item ? { type: 'set_item_done', payload: { itemId: item.id, done: !item.done } } : null,
    item
      ? { type: 'move_items', payload: { items: [{ itemId: item.id, station: item.station === null ? 'bar' : null }] } }
      : null,
    { type: 'fire_course', payload: { course: order.firedCourse + 1 } },
    { type: 'set_payment', payload: { status: order.payment.status === 'paid' ? 'unpaid' : 'paid' } },
  ];
  return random.pick(intents.filter((intent) => intent !== null));
}

async function dismiss(display: SimDisplay): Promise<void> {
  const status = await display.status();
  const first = status?.failedCommands[0];
  if (!first) return;
  display.dismissed.add(first.id);
  await display.ask('dismissFailedCommand', { id: first.id });
}

/** Restarts a display; sometimes a person presses refresh at once. */
async function restart({ displays }: Simulation, random: Random): Promise<void> {
  const display = displays.find((one) => !one.isUp());
  await display?.restart(random.pick(['kept', 'kept', 'kept', 'lost', 'damaged'] as const));
  if (random.chance(0.5)) void display?.program()?.call('refresh', null);
}
