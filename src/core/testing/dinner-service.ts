import type { Intent } from '#contract/command.ts';
import { isOpen, nextStatus, previousStatus } from '#contract/status.ts';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import type { Ports } from '../ports.ts';
import { seededRandom } from './seeded-random.ts';
import { createTestHarness } from './test-harness.ts';

/** What a run may do besides orders and taps. */
export interface ServiceOptions {
  sha256: Ports['sha256'];
  seed: number;
  steps: number;
  displays: number;
  /** Displays that share the first one's token, as a copied disk would. */
  twins: number;
  /** Whether the server is put back to a backup now and then. */
  restores: boolean;
}

/** What a run has found wrong; empty is good. */
export interface ServiceReport {
  faults: string[];
  /** How often each kind of step was taken. */
  steps: Record<string, number>;
}

/**
 * A dinner service with everything going wrong: one seed, one run. Orders, taps, cuts, half-open links, lost answers,
 * kills, full disks, caches that roll back, backups restored with and without a new epoch. Then all is mended, and
 * every display must show what the server has, and every tap must have been answered once.
 */
export async function runDinnerService(options: ServiceOptions): Promise<ServiceReport> {
  const { sha256, seed, twins } = options;
  const kitchen = createTestHarness({ sha256, seed });
  const random = seededRandom(seed * 7_919 + 17);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  const { server } = kitchen;
  const tokens = Array.from({ length: options.displays }, (_, i) => `display-${i}`);
  const displays = [...tokens, ...Array.from({ length: twins }, () => 'display-0')].map((token) => ({
    token,
    ...{ silentSince: null as number | null, cacheImage: '' },
    it: kitchen.hang(token),
  }));
  const faults: string[] = [];
  const steps: Record<string, number> = {};
  let backup = server.backup();
  let taps = 0;

  for (const { it } of displays) await it.start();

  function intentFor(id: string, screen: (typeof displays)[number]['it']['screen']): Intent | null {
    const order = screen.ticket(id)?.order;
    if (!order) return null;
    const { status, fulfilment } = order;
    const next = nextStatus(status, fulfilment);
    const back = previousStatus(status, fulfilment);
    const dice = random();
    if (dice < 0.5 && next) return { type: 'set_status', payload: { from: status, to: next } };
    if (dice < 0.6 && back) return { type: 'set_status', payload: { from: status, to: back } };
    if (dice < 0.7) return { type: 'acknowledge', payload: {} };
    if (dice < 0.85) return { type: 'set_priority', payload: { priority: !order.priority } };
    return { type: 'set_due', payload: { dueAt: new Date(server.now() + below(3_600_000)).toISOString() } };
  }

  const orderIds = (): string[] => server.orders().map(({ id }) => id);
  type Step = (one: (typeof displays)[number]) => void | Promise<void>;
  const kinds: [weight: number, name: string, step: Step][] = [
    [
      14,
      'place',
      () => void server.place({ fulfilment: pick(['pickup', 'delivery', 'dine_in'] as const) ?? 'pickup' }),
    ],
    [5, 'change', () => server.change(pick(orderIds()) ?? server.place(), { note: `${below(1e9)}` })],
    [3, 'cancel', () => server.cancel(pick(orderIds()) ?? server.place())],
    [1, 'remove', () => server.remove(pick(orderIds()) ?? server.place())],
    [
      24,
      'tap',
      async ({ it }) => {
        const id = pick(it.screen.tickets())?.order.id;
        const intent = id === undefined ? null : intentFor(id, it.screen);
        if (id === undefined || !intent) return;
        const answer = await it.screen.tap(id, intent);
        if (answer.ok) taps++;
        else if (!['not_allowed', 'not_found', 'disk'].includes(answer.error.code))
          faults.push(`a tap was answered ${answer.error.code}`);
      },
    ],
    [
      4,
      'cable',
      (one) => {
        const to = pick(['cut', 'silent', 'whole', 'whole'] as const) ?? 'whole';
        one.silentSince = to === 'silent' ? (one.silentSince ?? server.now()) : null;
        one.it.network.setCable(to);
      },
    ],
    [2, 'websocket', ({ it }) => it.network.setWebsocket(random() < 0.5)],
    [2, 'server goes', ({ it }) => it.network.setServerUp(false)],
    [3, 'server comes', () => displays.forEach(({ it }) => void it.network.setServerUp(true))],
    [4, 'lose answers', ({ it }) => it.network.loseAnswers(below(3))],
    [2, 'wake', ({ it }) => it.display.wake()],
    [1, 'refresh', ({ it }) => void it.display.call('refresh', null)],
    [3, 'digest', ({ it }) => it.network.beatDigest()],
    [
      3,
      'kill',
      async (one) => {
        // What SQLite calls NORMAL: a power cut may take back the cache's last commits, never the queue's.
        if (one.cacheImage && random() < 0.5) one.it.storage.cache.disk.restore(one.cacheImage);
        one.cacheImage = one.it.storage.cache.disk.image();
        one.silentSince = null;
        await one.it.restart();
      },
    ],
    [
      2,
      'disk',
      ({ it }) =>
        pick([it.storage.cache, it.storage.queue])?.disk.failWrites(pick(['full', null, null] as const) ?? null),
    ],
    [1, 'compact', () => server.compact(below(8))],
    [
      1,
      'backup',
      () => {
        backup = server.backup();
      },
    ],
    [
      1,
      'restore',
      () => {
        if (!options.restores) return;
        for (const { it } of displays) it.network.setServerUp(false);
        server.restore(backup, { newEpoch: random() < 0.5 });
        for (const { it } of displays) it.network.setServerUp(true);
      },
    ],
  ];
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);

  function step(): (typeof kinds)[number] {
    let dice = below(total);
    for (const one of kinds) {
      dice -= one[0];
      if (dice < 0) return one;
    }
    throw new Error('unreachable');
  }

  for (let i = 0; i < options.steps; i++) {
    const one = pick(displays);
    if (!one) break;
    const [, name, run] = step();
    steps[name] = (steps[name] ?? 0) + 1;
    await run(one);
    await kitchen.pass(pick([0, 0, 3, 8, 40, 400, 2_000, 9_000]) ?? 0);
    for (const { it, silentSince } of displays) {
      const silentFor = silentSince === null ? 0 : server.now() - silentSince;
      if (it.screen.link() === 'live' && silentFor > LIVE_WITHIN_MS + 50)
        faults.push(`step ${i}: live, silent for ${silentFor} ms`);
    }
  }

  for (const { it } of displays) {
    it.network.loseAnswers(0);
    it.network.setCable('whole');
    it.network.setWebsocket(true);
    it.network.setServerUp(true);
    it.storage.cache.disk.failWrites(null);
    it.storage.queue.disk.failWrites(null);
  }
  await kitchen.pass(180_000);

  const line = (o: { id: string; version: number; status: string; note: string | null; priority: boolean }): string =>
    [o.id, o.version, o.status, o.note, o.priority].join(' ');
  const open = server.orders().filter(({ status }) => isOpen(status));
  for (const [i, { it, token }] of displays.entries()) {
    const { screen, storage } = it;
    const who = `display ${i}`;
    const status = screen.status();
    const shown = screen.tickets().map(({ order }) => order);
    const same = (a: typeof open, b: typeof open): boolean => a.map(line).sort().join() === b.map(line).sort().join();
    if (status.link.state !== 'live') faults.push(`${who} is ${status.link.state}`);
    if (
      !same(
        shown.filter((order) => isOpen(order.status)),
        open,
      )
    )
      faults.push(`${who} shows other open orders than the server has`);
    if (!shown.every((order) => line(order) === line(server.order(order.id) ?? { ...order, version: -1 })))
      faults.push(`${who} shows a closed order as it is not`);
    if (status.queueCount !== 0) faults.push(`${who} has ${status.queueCount} unanswered`);
    if (screen.tickets().some(({ pending }) => pending)) faults.push(`${who} marks a ticket pending`);
    const ringing = open.filter((order) => order.status === 'pending' && !order.acknowledgedAt).map(({ id }) => id);
    if (status.alarm.orderIds.toSorted().join() !== ringing.toSorted().join())
      faults.push(`${who} rings for other orders`);
    // That the server was set back is said until somebody has read it.
    const troubles = status.troubles.filter((trouble) => trouble !== 'server_restored');
    if (troubles.length) faults.push(`${who} says ${troubles.join()}`);
    const { generation } = storage.queue.store.identity();
    for (const row of storage.queue.store.numbered(generation, 0)) {
      if (!row.answer) faults.push(`${who}: number ${row.n} has no answer`);
      // A copy's change may have answered for us: what was wished is so, under a number that the copy used (see queue.ts).
      const copied = twins > 0 && token === tokens[0];
      if (!copied && server.device(token).results[row.n]?.commandId !== row.commandId)
        faults.push(`${who}: number ${row.n} is not the server's`);
    }
  }
  const causes = server.log().flatMap(({ cause }) => (cause ? [`${cause.deviceId} ${cause.n}`] : []));
  if (new Set(causes).size !== causes.length) faults.push('a command had its effect twice');
  return { faults, steps: { ...steps, taps } };
}
