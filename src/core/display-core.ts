import type { DisplayStatus, Notice, PushName, PushPayload } from '#contract/bridge.ts';
import type { Link } from '#contract/link.ts';
import type { Store } from '#contract/store.ts';
import { Presence, Stats } from '#contract/sync.ts';
import { createBoard } from './board.ts';
import type { DisplayOptions } from './create-display.ts';
import type { Connection } from './display.ts';
import { createFrame } from './frame.ts';
import { createLink, type ServerLink } from './link.ts';
import { createLinkNotices, type NoticeDraft, notice, noticesOf } from './notices.ts';
import type { Ports } from './ports.ts';
import { type Answered, createQueue } from './queue.ts';
import { savedClock, savedLastWord, savedStats, savedStore } from './saved-facts.ts';
import { originOf } from './server-api.ts';
import { createServerClock } from './server-clock.ts';
import { createSettings } from './settings.ts';
import { createSyncEngine } from './sync-engine.ts';
import { createTroubles } from './troubles.ts';

/** One frame of a screen, ms: the board and the status are told at most this often. */
const FRAME_MS = 16;
/** The status is told at least this often, as a sign of life, ms. */
const SIGN_OF_LIFE_MS = 5_000;
/** Facts that only an offline start needs are written this often, ms. */
const KEEP_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** Of closed orders, until the store has said otherwise (contract, S4). */
const WINDOW_DAYS = 8;

export type Push = <K extends PushName>(name: K, payload: PushPayload<K>) => void;
export type DisplayCore = ReturnType<typeof openDisplayCore>;

/**
 * Opens both databases and puts the parts together; nothing is connected before `connect()`.
 *
 * @throws StorageError when a database cannot be had: `locked` when another display uses the folder
 */
export function openDisplayCore(ports: Ports, options: DisplayOptions, push: Push) {
  const { clock, log } = ports;
  const { store: queueStore, setAside } = ports.storage.openQueue();
  const { store: cache, rebuilt } = openCache(ports, queueStore);
  const serverClock = createServerClock(clock, savedClock(cache));
  const settings = createSettings(queueStore);
  const troubles = createTroubles(() => statusFrame.request());
  const linkNotice = createLinkNotices();
  let store = savedStore(cache);
  let stats = savedStats(cache);
  let link: ServerLink | null = null;
  let serverUrl: string | null = null;
  let attention = queueStore.attention();
  let closed = false;

  const deviceName = (): string | null => queue.identity().deviceName ?? options.deviceName ?? null;

  const queue = createQueue({
    store: queueStore,
    uuid: ports.uuid,
    now: serverClock.now,
    orderNumber: (id) => board.shown(id)?.number ?? null,
    onTouched: (ids) => show(ids),
  });
  const board = createBoard({
    cache,
    rowsOf: queue.rowsOf,
    orderIds: queue.orderIds,
    ages: () => settings.current().ages,
    now: serverClock.now,
    by: () => deviceName() ?? '',
  });
  const sync = createSyncEngine({
    cache,
    sha256: ports.sha256,
    onChanges({ epoch, to, changes }, orderIds) {
      troubles.wrote('cache');
      guarded('queue', () => queue.cameDown(changes, epoch));
      queue.movedTo(epoch, to);
      show(orderIds);
      for (const draft of noticesOf(changes)) tell(draft);
    },
    onReplaced() {
      troubles.wrote('cache');
      troubles.end('cache_rebuilt');
      const { epoch, cursor } = sync.position();
      guarded('queue', () => queue.reload(epoch, cursor));
      board.load();
      changed();
    },
  });
  const boardFrame = createFrame(clock, FRAME_MS, () => {
    const patch = board.patch();
    if (patch) push('board', patch);
  });
  const statusFrame = createFrame(clock, FRAME_MS, () => push('status', status()));

  function changed(): void {
    if (closed) return;
    boardFrame.request();
    statusFrame.request();
  }
  function show(orderIds: Iterable<string>): void {
    board.touch(orderIds);
    changed();
  }
  function tell(draft: NoticeDraft): void {
    const whole: Notice = { id: ports.uuid(), ...draft };
    push('notice', whole);
  }
  /** Runs what writes to disk; a disk that does not take it is a trouble on the screen and no end of the program. */
  function guarded(which: 'cache' | 'queue', write: () => void): void {
    try {
      write();
      troubles.wrote(which);
    } catch (error) {
      storageError(which, error);
    }
  }
  function storageError(which: 'cache' | 'queue', error: unknown): void {
    if (!troubles.disk(which, error)) throw error;
    log.error('the disk did not take it', { which, error: error.message });
  }

  function status(): DisplayStatus {
    const ringing = board.ringing();
    const nothing: Link = { state: 'unknown', since: serverClock.now(), cause: null, lastWordAt: null };
    return {
      setup: serverUrl === null ? 'needed' : 'done',
      serverUrl,
      deviceName: deviceName(),
      store: store && { id: store.id, name: store.name, currency: store.currency, timeZone: store.timeZone },
      link: link?.current() ?? nothing,
      serverNow: serverClock.now(),
      queueCount: queue.count(),
      queueSince: queue.since(),
      attention,
      troubles: troubles.list(),
      alarm: { active: ringing.length > 0, orderIds: ringing },
      stats,
      settings: settings.current(),
    };
  }

  function answered({ count, rejected, elsewhere, fork }: Answered): void {
    if (count) troubles.wrote('queue');
    if (fork) troubles.begin('identity_renewed');
    else if (queue.count() === 0) troubles.end('identity_renewed');
    for (const { orderNumber, code } of rejected)
      tell(notice('error', 'command_rejected', { number: orderNumber ?? '', code }));
    for (const row of elsewhere) {
      const number = board.shown(row.orderId)?.number;
      if (number !== undefined && row.wish?.type === 'set_status') tell(notice('info', 'bumped_elsewhere', { number }));
    }
    readAttention();
  }
  function readAttention(): void {
    attention = queueStore.attention();
    statusFrame.request();
  }

  function heard(event: string, payload: unknown): void {
    if (event === 'stats') stats = Stats.safeParse(payload).data ?? stats;
    const { deviceId } = queue.identity();
    if (event !== 'presence' || !deviceId) return;
    const us = Presence.safeParse(payload).data?.displays.find((display) => display.deviceId === deviceId);
    if (us) guarded('queue', () => queue.named(us.name));
  }

  async function askStore(api: ServerLink['api']): Promise<void> {
    const answer = await api.store().catch(() => null);
    if (closed || !answer) return;
    keepStore(answer);
  }
  function keepStore(answer: Store): void {
    store = answer;
    guarded('cache', () => cache.setNote('store', answer));
    statusFrame.request();
  }

  /** Facts for an offline start, and what has become too old. */
  function keep(): void {
    guarded('cache', () => {
      const known = serverClock.saved();
      if (known) cache.setNote('clock', known);
      if (stats) cache.setNote('stats', stats);
      const lastWordAt = link?.current().lastWordAt;
      if (lastWordAt) cache.setNote('lastWord', lastWordAt);
      const days = store?.settings.displayWindowDays ?? WINDOW_DAYS;
      cache.forgetClosedBefore(new Date(serverClock.now() - days * DAY_MS).toISOString());
    });
    guarded('queue', () => queue.forgetOld());
    board.tidy();
    changed();
  }
  function every(ms: number, run: () => void): () => void {
    let cancel = clock.after(ms, function again() {
      run();
      cancel = clock.after(ms, again);
    });
    return () => cancel();
  }

  if (setAside) troubles.begin('queue_set_aside');
  if (rebuilt) troubles.begin('cache_rebuilt');
  {
    const { epoch, cursor } = sync.position();
    queue.reload(epoch, cursor);
    board.load();
  }
  const timers = [
    every(SIGN_OF_LIFE_MS, () => {
      link?.look();
      statusFrame.request();
    }),
    every(KEEP_MS, keep),
  ];

  return {
    now: serverClock.now,
    settings,
    board,
    queue,
    status,
    tell,
    troubles,
    boardNow(): ReturnType<typeof board.whole> {
      const patch = board.patch();
      if (patch) push('board', patch);
      return board.whole();
    },
    link: (): ServerLink | null => link,
    readAttention,
    /** The ages of tickets are judged anew. */
    restyle(): void {
      board.restyle();
      changed();
    },
    /**
     * Begins to link. `known` is what the server has said of the token already.
     *
     * @throws StorageError when the identity that belongs to the token cannot be kept
     */
    connect(
      to: Connection,
      known: { store: Store | null; deviceId?: string; deviceName?: string } = { store: null },
    ): void {
      const { deviceId, deviceName: name } = known;
      queue.belongTo(ports.sha256(to.token), {
        ...(deviceId === undefined ? {} : { deviceId }),
        ...(name === undefined ? {} : { deviceName: name }),
      });
      link?.close();
      if (known.store && store && known.store.id !== store.id) sync.forget();
      if (known.store) keepStore(known.store);
      serverUrl = originOf(to.serverUrl);
      const api = createLink({
        ports,
        target: { origin: serverUrl, token: to.token },
        appVersion: options.appVersion,
        sync,
        queue,
        serverClock,
        lastWordAt: savedLastWord(cache),
        pollEvery: () => settings.current().pollSeconds * 1_000,
        onLink(now) {
          if (closed) return;
          const draft = linkNotice(now);
          if (draft) tell(draft);
          statusFrame.request();
        },
        onUp: () => void askStore(api.api),
        onAnswered: answered,
        onRenewed: () => tell(notice('warning', 'identity_renewed')),
        onMessage: heard,
        onStorageError: (error) => storageError('cache', error),
      });
      link = api;
      link.start();
    },
    close(): void {
      if (closed) return;
      keep();
      closed = true;
      for (const stop of timers) stop();
      boardFrame.stop();
      statusFrame.stop();
      link?.close();
      cache.close();
      queueStore.close();
    },
  };
}

function openCache(ports: Ports, queue: { close(): void }) {
  try {
    return ports.storage.openCache();
  } catch (error) {
    queue.close();
    throw error;
  }
}
