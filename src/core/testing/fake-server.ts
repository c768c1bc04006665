import type { Availability, AvailabilityPatch } from '#contract/availability.ts';
import type { CommandAnswer, CommandResult } from '#contract/command.ts';
import { Command, CommandIdentity } from '#contract/command.ts';
import { type ChangeType, decide } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Store } from '#contract/store.ts';
import { AUTO_ACCEPT, type Change, type Changes, type Position, type ResetReason } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';

interface Device {
  deviceId: string;
  revoked: boolean;
  /** The ledger: by command id, in answer order. */
  results: Record<string, CommandResult>;
}
interface State {
  epoch: string;
  log: (Change & { order: Order | null })[];
  /** The hash at each number of the log; `hashes[0]` is null. */
  hashes: (string | null)[];
  /** The log is truncated below this number. */
  first: number;
  orders: Record<string, Order>;
  devices: Record<string, Device>;
  counter: number;
  availability: Availability;
}

/** Older closed orders are not in a snapshot (S4). */
const WINDOW_MS = 8 * 24 * 3_600_000;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const SHOP = { role: 'integration', id: 'web', name: 'web' } as const;

export type FakeServer = ReturnType<typeof createFakeServer>;

/**
 * A minimal companion server that follows the contract: one store, in memory, with a log, a ledger and no network.
 * It can be backed up and restored, with a new epoch or, as after an operator's mistake, without.
 */
export function createFakeServer({ now, random }: { now(): number; random(): number }) {
  const word = (): string =>
    Math.floor(random() * 2 ** 48)
      .toString(16)
      .padStart(12, '0');
  let state: State = {
    epoch: `e-${word()}`,
    log: [],
    hashes: [null],
    first: 1,
    orders: {},
    devices: {},
    counter: 0,
    availability: { open: true, pausedUntil: null, busyUntil: null, preparationMinutes: null, unavailable: [] },
  };
  /** Null: it names no store. */
  let store: Store | null = null;
  const poisoned = new Set<string>();
  const listeners = new Set<() => void>();
  const availabilityListeners = new Set<() => void>();
  const iso = (): string => new Date(now()).toISOString();
  const head = (): number => state.log.length;

  function append(type: ChangeType, orderId: string, order: Order | null, more: Partial<Change> = {}): Order | null {
    const seq = head() + 1;
    const after = order && { ...order, seq };
    state.log.push({ seq, type, orderId, at: iso(), by: SHOP, ...more, order: after });
    state.hashes.push(word());
    if (after) state.orders[orderId] = after;
    else delete state.orders[orderId];
    return after;
  }

  function answerOne(token: string, raw: unknown): CommandResult | { expected: string } {
    const device = deviceOf(token);
    const { commandId, after } = CommandIdentity.parse(raw);
    const stored = device.results[commandId];
    if (stored) return { ...stored, replayed: true };
    if (after !== null && !device.results[after]) return { expected: after };
    const result = execute(device, commandId, Command.safeParse(raw).data);
    device.results[commandId] = result;
    return result;
  }

  function execute(device: Device, commandId: string, command: Command | undefined): CommandResult {
    const answer = { commandId };
    if (!command) return { ...answer, outcome: 'rejected', code: 'invalid', seq: head() };
    if (poisoned.has(command.orderId))
      return { ...answer, outcome: 'rejected', code: 'quarantined', message: 'The server failed at it.', seq: head() };
    const order = state.orders[command.orderId];
    const issuedAt = Date.parse(command.issuedAt);
    const by = device.deviceId;
    const decision = decide(order, command, { now: now(), issuedAt, baseVersion: command.baseVersion, by });
    if (decision.outcome === 'applied')
      append(decision.type, command.orderId, decision.order, {
        by: { role: 'display', id: device.deviceId, name: device.deviceId },
        cause: { deviceId: device.deviceId, commandId },
      });
    if (decision.outcome !== 'rejected') return { ...answer, outcome: decision.outcome, seq: head() };
    const { code, message } = decision;
    return { ...answer, outcome: 'rejected', code, message, seq: head(), ...(order ? { order } : {}) };
  }

  function deviceOf(token: string): Device {
    state.devices[token] ??= { deviceId: `device-of-${token}`, revoked: false, results: {} };
    return state.devices[token];
  }
  function notifyListeners(): void {
    for (const listener of [...listeners]) listener();
  }

  return {
    now,
    epoch: (): string => state.epoch,
    head,
    order: (id: string): Order | undefined => state.orders[id],
    orders: (): Order[] => copy(Object.values(state.orders)),
    log: (): Change[] => copy(state.log),
    device: (token: string): Readonly<Device> => deviceOf(token),
    onHead(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Places an order; returns its id. */
    place(over: Partial<Order> = {}): string {
      const id = over.id ?? `order-${++state.counter}`;
      append('order_created', id, { ...blank(id, iso()), number: String(state.counter), ...over });
      notifyListeners();
      return id;
    },
    /** Places an order that the server accepts by itself; returns its id. */
    placeAccepted(): string {
      const id = `order-${++state.counter}`;
      const order = append('order_created', id, { ...blank(id, iso()), number: String(state.counter) });
      if (order) append('order_status_changed', id, { ...order, status: 'preparing', version: 2 }, { by: AUTO_ACCEPT });
      notifyListeners();
      return id;
    },
    stores: (): Store[] => (store ? [copy(store)] : []),
    setStore(to: Store): void {
      store = to;
    },
    availability: (): Availability => copy(state.availability),
    setAvailability(patch: AvailabilityPatch): void {
      Object.assign(state.availability, copy(patch));
      for (const listener of [...availabilityListeners]) listener();
    },
    onAvailability(listener: () => void): () => void {
      availabilityListeners.add(listener);
      return () => availabilityListeners.delete(listener);
    },
    /** The shop changes an order. */
    change(id: string, change: Partial<Order>, type: ChangeType = 'order_updated'): void {
      const order = state.orders[id];
      if (!order) throw new Error(`no order ${id}`);
      const after = { ...order, ...change, version: order.version + 1, updatedAt: iso() };
      append(type, id, after, after.status === order.status ? {} : { previousStatus: order.status });
      notifyListeners();
    },
    cancel(id: string): void {
      this.change(id, { status: 'cancelled', statusSince: iso(), reason: 'no' }, 'order_status_changed');
    },
    remove(id: string): void {
      append('order_deleted', id, null);
      notifyListeners();
    },

    /** From now on the server fails on every command for this order, and quarantines it after the third try (C5). */
    poison(id: string): void {
      poisoned.add(id);
    },
    isRevoked: (token: string): boolean => deviceOf(token).revoked,
    revoke(token: string): void {
      deviceOf(token).revoked = true;
    },
    /** The ids of the answered commands, in order. */
    ledger: (token: string): string[] => Object.keys(deviceOf(token).results),
    /** S7: the answers are too old. */
    forgetAnswers(token: string): void {
      deviceOf(token).results = {};
    },
    known: (token: string, ids: readonly string[]): string[] => ids.filter((id) => id in deviceOf(token).results),

    /** C1 to C6. */
    submit(token: string, commands: unknown[]): CommandAnswer {
      const results: CommandResult[] = [];
      for (const raw of commands) {
        const answer = answerOne(token, raw);
        if ('expected' in answer) return { epoch: state.epoch, results, expected: answer.expected };
        results.push(answer);
      }
      notifyListeners();
      return copy({ epoch: state.epoch, results });
    },

    /** S2, then the changes after the position. */
    read(position: Position, limit: number): Changes | { reason: ResetReason } {
      const { epoch, cursor, hash } = position;
      if (epoch !== state.epoch) return { reason: 'epoch' };
      if (cursor > head()) return { reason: 'future' };
      if (cursor < state.first - 1) return { reason: 'too_old' };
      if (cursor > 0 && state.hashes[cursor] !== hash) return { reason: 'hash' };
      const changes = copy(state.log.slice(cursor, cursor + limit));
      const last = new Map(changes.map((change) => [change.orderId, change.seq]));
      const to = cursor + changes.length;
      return {
        epoch,
        from: cursor,
        to,
        hash: state.hashes[to] ?? null,
        head: head(),
        changes: changes.map(({ order, ...change }) =>
          last.get(change.orderId) === change.seq ? { ...change, order } : change,
        ),
      };
    },
    snapshot: () =>
      copy({
        epoch: state.epoch,
        seq: head(),
        hash: state.hashes[head()] ?? null,
        orders: Object.values(state.orders).filter(
          ({ status, updatedAt }) => isOpen(status) || Date.parse(updatedAt) >= now() - WINDOW_MS,
        ),
      }),
    /** The digest of rule S6. */
    openLines: (): string =>
      Object.values(state.orders)
        .filter((order) => isOpen(order.status))
        .map(({ id, version }) => `${id}:${version}\n`)
        .sort()
        .join(''),

    /** Truncates the log to its last `keep` changes. */
    compact(keep: number): void {
      state.first = Math.max(state.first, head() - keep + 1);
    },
    backup: (): string => JSON.stringify(state),
    restore(backup: string, { newEpoch }: { newEpoch: boolean }): void {
      state = JSON.parse(backup) as State;
      if (newEpoch) state.epoch = `e-${word()}`;
    },
  };
}

const blank = (id: string, at: string): Order =>
  anOrder({
    id,
    number: id,
    externalId: null,
    customer: null,
    items: [],
    totalMinor: 0,
    statusSince: at,
    placedAt: at,
    createdAt: at,
    updatedAt: at,
  });
