import type { Escalation } from '#contract/admin.ts';
import type { Availability } from '#contract/availability.ts';
import { startOfLocalDay } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { isOpen, STATUSES } from '#contract/status.ts';
import type { Device, Store } from '#contract/store.ts';
import type { Changes, Presence, Stats } from '#contract/sync.ts';
import type { Api } from './api.ts';
import type { CommandReply, Connection, ConnectionListeners, EventName } from './connect.ts';
import { type Live, type LiveStore, serverNow } from './live-store.ts';
import { createOrderBook } from './order-book.ts';
import { readPages } from './read-pages.ts';

/** While the socket is down everything is read again at this interval, ms. */
const POLL_MS = 5_000;
/** A socket that is neither up nor refused by then may never be, as behind a proxy that swallows it, ms. */
const NO_SOCKET_MS = 2_000;
/** Without any answer for this long after the start, the page is offline and not connecting, ms. */
const CONNECTING_MS = 4_000;
const OPEN = STATUSES.filter(isOpen).join(',');
/** Stores whose figures are polled; more calls would meet the limit of the token. */
const MOST_POLLED = 20;
/** More than a store has in a day. */
const MOST_ORDERS = 5_000;

export interface StoresFollower {
  /** Also shows today's orders of this store; null: of none. */
  watch(storeId: string | null): void;
  /** Reads everything again. */
  refresh(): Promise<void>;
  /** An order as an answer had it; null: it was deleted. */
  put(id: string, order: Order | null): void;
  command(intent: unknown): Promise<CommandReply | null>;
  cut(): void;
  stop(): void;
}

/**
 * Keeps `live` equal to the server: reads everything once, applies the changes that come by the socket, and reads again after a gap,
 * a new connection, and while there is no socket.
 */
export function followStores(options: {
  live: LiveStore;
  api: Api;
  connect: (listeners: ConnectionListeners) => Connection;
  onEvent?: (name: EventName, payload: unknown) => void;
}): StoresFollower {
  const { live, api, onEvent } = options;
  const book = createOrderBook(() => live.setState({ orders: book.orders() }));
  /** Position in each store's log, as of the last change that was applied. */
  let positions = new Map<string, { epoch: string; cursor: number }>();
  let watched: string | null = null;
  let up = false;
  let stopped = false;
  let polling: ReturnType<typeof setTimeout> | undefined;
  const startedAt = Date.now();
  const merge = <K extends 'heads' | 'stats' | 'displays' | 'availability'>(
    key: K,
    storeId: string,
    value: Live[K][string],
  ) => live.setState({ [key]: { ...live.getState()[key], [storeId]: value } } as Partial<Live>);

  const connection = options.connect({
    onUp() {
      up = true;
      live.setState({ link: live.getState().asOf === null ? 'connecting' : 'polling' });
      void subscribe();
    },
    onDown() {
      up = false;
      if (live.getState().link === 'live') live.setState({ link: 'connecting' });
      pollSoon(0);
    },
    // Behind a proxy that hides the page's address only sockets are refused. What holds for HTTP decides who is signed in.
    onRefused: () => void refresh(),
    onEvent(name, payload) {
      take(name, payload as never);
      onEvent?.(name, payload);
    },
  });

  async function subscribe(): Promise<void> {
    const answer = await connection.subscribe();
    if (stopped || !up) return;
    if (!answer) return pollSoon(POLL_MS);
    const before = positions;
    positions = new Map(answer.stores.map(({ storeId, epoch, head }) => [storeId, { epoch, cursor: head }]));
    // Another history: versions of before say nothing about it.
    if (answer.stores.some(({ storeId, epoch }) => (before.get(storeId)?.epoch ?? epoch) !== epoch)) book.clear();
    live.setState({ heads: Object.fromEntries(answer.stores.map(({ storeId, head }) => [storeId, head])) });
    await refresh();
  }

  function take(name: EventName, payload: never): void {
    const { storeId } = payload as { storeId: string };
    if (name === 'changes') takeChanges(storeId, payload);
    else if (name === 'stats') merge('stats', storeId, payload as Stats);
    else if (name === 'presence') merge('displays', storeId, (payload as Presence).displays);
    else if (name === 'availability') merge('availability', storeId, payload as Availability);
    else takeEscalation(payload);
  }

  function takeChanges(storeId: string, { epoch, from, to, head, changes }: Changes): void {
    const at = positions.get(storeId);
    const isNewStore = at === undefined;
    const gap = at !== undefined && (at.epoch !== epoch || at.cursor !== from);
    positions.set(storeId, { epoch, cursor: to });
    if (at && at.epoch !== epoch) book.clear();
    book.apply(changes);
    merge('heads', storeId, head);
    if (gap || isNewStore) void refresh();
  }

  function takeEscalation(one: Escalation): void {
    const others = live.getState().escalations.filter(({ id }) => id !== one.id);
    live.setState({ escalations: one.resolvedAt === null ? [one, ...others] : others });
    // A list that is being read may be older than this.
    if (reading) again = true;
  }

  /** One reading at a time; another one that is wanted meanwhile follows it. */
  let reading: Promise<void> | null = null;
  let again = false;
  function refresh(): Promise<void> {
    if (reading) {
      again = true;
      return reading;
    }
    reading = readAll().finally(() => {
      reading = null;
      if (again && !stopped) {
        again = false;
        void refresh();
      }
    });
    return reading;
  }

  async function readAll(): Promise<void> {
    const wasUp = up;
    const isRead = (await readStores()) && (await readOpen()) && (await readWatched()) && (await readRest(wasUp));
    if (stopped) return;
    // Changes came by the socket all the while only if it was there from the beginning.
    const isLive = isRead && wasUp && up;
    if (isRead) live.setState({ link: isLive ? 'live' : 'polling', asOf: serverNow(live.getState()) });
    else if (live.getState().asOf !== null || Date.now() - startedAt > CONNECTING_MS)
      live.setState({ link: 'offline' });
    if (isLive) clearTimeout(polling);
    else pollSoon(POLL_MS);
  }

  async function readStores(): Promise<boolean> {
    const stores = await api<{ stores: Store[] }>('GET', '/stores');
    if (stores.ok) live.setState({ stores: stores.value.stores });
    return stores.ok;
  }

  async function readOpen(): Promise<boolean> {
    const end = book.reading();
    const open = await readPages<Order>(api, `/orders?status=${OPEN}`, 'orders', MOST_ORDERS);
    end(open.ok ? open.value : null, ({ status }) => isOpen(status));
    return open.ok;
  }

  async function readWatched(): Promise<boolean> {
    const store = live.getState().stores?.find(({ id }) => id === watched);
    if (!store) return true;
    const from = new Date(startOfLocalDay(serverNow(live.getState()), store.timeZone)).toISOString();
    const end = book.reading();
    const query = `/orders?storeId=${store.id}&from=${from}`;
    const today = await readPages<Order>(api, query, 'orders', MOST_ORDERS);
    end(today.ok ? today.value : null, (one) => one.storeId === store.id && one.createdAt >= from);
    return today.ok;
  }

  /** Escalations; without a socket also what it would have brought. */
  async function readRest(withSocket: boolean): Promise<boolean> {
    const escalations: Escalation[] = [];
    const ids = (live.getState().stores ?? []).map(({ id }) => id);
    const detailed = new Set(watched === null ? ids.slice(0, MOST_POLLED) : [watched]);
    for (const id of ids) {
      const page = await readPages<Escalation>(api, `/stores/${id}/escalations?open=true`, 'escalations', 200);
      if (!page.ok) return false;
      escalations.push(...page.value);
      if (withSocket || !detailed.has(id)) continue;
      const stats = await api<Stats>('GET', `/stats?storeId=${id}`);
      if (stats.ok) merge('stats', id, stats.value);
      const devices = await api<{ devices: Device[] }>('GET', `/stores/${id}/devices`);
      if (devices.ok) merge('displays', id, devices.value.devices.flatMap(liveDisplay));
      const takes = await api<Availability>('GET', `/stores/${id}/availability`);
      if (takes.ok) merge('availability', id, takes.value);
    }
    live.setState({ escalations: escalations.toSorted((a, b) => b.raisedAt.localeCompare(a.raisedAt)) });
    return true;
  }

  function pollSoon(ms: number): void {
    clearTimeout(polling);
    if (!stopped) polling = setTimeout(() => void refresh(), ms);
  }

  pollSoon(NO_SOCKET_MS);
  return {
    watch(storeId) {
      if (storeId === watched) return;
      watched = storeId;
      if (storeId !== null) void refresh();
    },
    refresh,
    put: (id, order) => (order ? book.put(order) : book.drop(id)),
    command: connection.command,
    cut: connection.cut,
    stop() {
      stopped = true;
      clearTimeout(polling);
      connection.close();
    },
  };
}

/** As `presence` lists it. */
const liveDisplay = ({ deviceId, name, role, live, lastSeenAt, createdAt, cursor }: Device) =>
  role === 'display' && live ? [{ deviceId, name, since: lastSeenAt ?? createdAt, cursor: cursor ?? 0 }] : [];
