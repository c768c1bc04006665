import type { Board, DisplayStatus, Trouble } from '#contract/bridge.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { Store } from '#contract/store.ts';
import { type AlertsOptions, createAlerts } from './alerts/alerts.ts';
import { createMute } from './alerts/mute.ts';
import { createBoard } from './board/board.ts';
import { createDayEnd } from './board/day-end.ts';
import { createMarks } from './board/marks.ts';
import { createLinkNotices, noticesOfAnswers, noticesOfChanges } from './bridge/notices.ts';
import { createPushes, type Push } from './bridge/pushes.ts';
import { createCachedFacts } from './cached-facts.ts';
import { createClockWatch } from './diagnosis/clock-watch.ts';
import { createTestOrder } from './diagnosis/test-order.ts';
import { createTroubles } from './diagnosis/troubles.ts';
import type { Connection, DisplayOptions } from './display.ts';
import { every } from './every.ts';
import { createFigures } from './figures/figures.ts';
import { createHistory } from './history/history.ts';
import { createLink, type ServerLink } from './link/link.ts';
import { originOf } from './link/server-api.ts';
import { createServerClock } from './link/server-clock.ts';
import { createSyncEngine } from './link/sync-engine.ts';
import { openStores } from './open-stores.ts';
import type { Ports } from './ports.ts';
import { createFailedCommands } from './queue/failed-commands.ts';
import { type Answered, createQueue } from './queue/queue.ts';
import { createPin } from './settings/pin.ts';
import { createSettings } from './settings/settings.ts';

/** The status is told at least this often, as a sign of life, ms. */
const SIGN_OF_LIFE_MS = 5_000;
/** What only an offline start needs is written this often, ms. */
const KEEP_MS = 60_000;

export type DisplayCore = ReturnType<typeof openDisplayCore>;

/**
 * Opens both databases and puts the parts together; nothing is connected before `connect()`.
 *
 * @throws StorageError when a database cannot be had: `locked` when another display uses the folder
 */
export function openDisplayCore(
  ports: Ports,
  options: DisplayOptions,
  push: Push,
  alerting: Pick<AlertsOptions, 'listening' | 'tell'>,
) {
  const { clock, log } = ports;
  const { cache, rebuilt, queueStore, setAside } = openStores(ports);
  const facts = createCachedFacts(cache);
  const serverClock = createServerClock(clock, facts.clock());
  const settings = createSettings(queueStore);
  const troubles = createTroubles(() => {
    noteTroubles();
    pushes.changed();
  });
  const watchClock = createClockWatch(troubles, serverClock.wallIsOff);
  const muting = createMute({ clock, now: serverClock.now, onChange: () => pushes.changed() });
  const linkNotice = createLinkNotices();
  let link: ServerLink | null = null;
  let statsAt: number | null = null;
  let serverUrl: string | null = null;
  const failedCommands = createFailedCommands(queueStore);
  let closed = false;
  let noted: Trouble[] = [];
  let desktop: DisplayStatus['desktop'] = null;

  const deviceName = (): string | null => queue.identity().deviceName ?? options.deviceName ?? null;
  const numberOf = (orderId: string): string | null => board.shown(orderId)?.number ?? null;

  const history = createHistory({
    cache,
    now: serverClock.now,
    orderNumber: numberOf,
    onDisk: (run) => onDisk('cache', run),
  });
  const queue = createQueue({
    store: queueStore,
    uuid: ports.uuid,
    now: serverClock.now,
    isClockSet: () => serverClock.wallIsOff() !== null,
    orderNumber: numberOf,
    history,
    onTouched(orderIds) {
      board.touch(orderIds);
      pushes.changed();
    },
  });
  const board = createBoard({
    cache,
    rowsOf: queue.rowsOf,
    orderIds: queue.orderIds,
    ages: () => settings.current().ages,
    now: serverClock.now,
    by: () => deviceName() ?? '',
    windowDays: facts.windowDays,
    carriedOverBefore: () => dayEnd.before(),
  });
  const dayEnd = createDayEnd({
    store: queueStore,
    settings: settings.current,
    timeZone: () => facts.store()?.timeZone ?? null,
    now: serverClock.now,
    onChange(moved) {
      if (moved) board.load();
      pushes.changed();
    },
  });
  const pin = createPin({ store: queueStore, ports, onChange: () => pushes.changed() });
  const testOrder = createTestOrder({
    uuid: ports.uuid,
    now: serverClock.now,
    currency: () => facts.store()?.currency ?? 'EUR',
    onShown(order) {
      board.lay(order);
      pushes.changed();
    },
  });
  const alerts = createAlerts({
    ...alerting,
    store: queueStore,
    clock,
    now: serverClock.now,
    shown: board.shown,
    wanted: (kind) => settings.current().desktop.notify[kind],
    acknowledgeWithinMs: () => seconds(facts.store()?.settings.acknowledgeWithinSeconds),
    deviceId: () => queue.identity().deviceId,
    onDisk: (run) => onDisk('queue', run),
  });
  const pushes = createPushes({
    ports,
    push,
    patch: board.patch,
    status() {
      const now = status();
      alerts.look(now);
      return now;
    },
  });
  const sync = createSyncEngine({
    cache,
    sha256: ports.sha256,
    history,
    marks: createMarks({ cache, tapped: (orderId) => queue.rowsOf(orderId).length > 0, hangs: board.hanging }),
    onChanges({ epoch, to, changes }, orderIds) {
      pushes.together(() => {
        troubles.wrote('cache');
        onDisk('queue', () => queue.cameDown(changes, epoch));
        queue.movedTo(epoch, to);
        board.touch(orderIds);
      });
      link?.poke();
      for (const draft of noticesOfChanges(changes)) pushes.tell(draft);
      alerts.heard(changes);
    },
    onReplaced(reason) {
      pushes.together(() => {
        troubles.wrote('cache');
        troubles.end('cache_rebuilt');
        // S2: its log is not the one that we were served.
        if (reason === 'epoch' || reason === 'future' || reason === 'hash') troubles.begin('server_restored');
        readBack();
      });
    },
  });

  const figures = createFigures({
    cache,
    now: serverClock.now,
    timeZone: () => facts.store()?.timeZone ?? null,
    ages: () => settings.current().ages,
    windowDays: facts.windowDays,
    position: sync.position,
    link: linkNow,
    heard() {
      const stats = facts.stats();
      return stats && { stats, at: statsAt };
    },
  });

  /** Reads from both databases what is shown. */
  function readBack(): void {
    const { epoch, cursor } = sync.position();
    onDisk('queue', () => queue.reload(epoch, cursor));
    board.load();
  }

  /** Runs what needs a disk; one that fails is a trouble on the screen and no end of the program. */
  function onDisk(which: 'cache' | 'queue', run: () => void): void {
    try {
      run();
      troubles.wrote(which);
    } catch (error) {
      diskFailed(which, error);
    }
  }
  function diskFailed(which: 'cache' | 'queue', error: unknown): void {
    if (!troubles.disk(which, error)) throw error;
    log.error('the disk did not take it', { which, error: error.message });
  }

  /** What begins is kept in the history; the same trouble is told again only after its end. */
  function noteTroubles(): void {
    const before = noted;
    noted = troubles.list();
    for (const trouble of noted) if (!before.includes(trouble)) history.display(trouble);
  }

  function status(): DisplayStatus {
    const orderIds = board.ringing();
    const store = facts.store();
    const now = serverClock.now();
    return {
      setup: serverUrl === null ? 'needed' : 'done',
      serverUrl,
      deviceName: deviceName(),
      store: store && { id: store.id, name: store.name, currency: store.currency, timeZone: store.timeZone },
      link: linkNow(),
      serverNow: now,
      queueCount: queue.count(),
      queueSince: queue.since(),
      ...failedCommands.status(),
      troubles: troubles.list(),
      alarm: { active: orderIds.length > 0, orderIds },
      mutedUntil: muting.until(),
      desktop,
      stats: figures.today(),
      settings: settings.current(),
      pin: pin.status(),
      clockAheadMs: serverClock.wallIsOff(),
      carriedOver: carriedOver(),
    };
  }

  function linkNow(): DisplayStatus['link'] {
    return (
      link?.current() ?? { state: 'unknown', since: serverClock.now(), cause: null, lastWordAt: facts.lastWordAt() }
    );
  }

  function carriedOver(): DisplayStatus['carriedOver'] {
    const before = dayEnd.before();
    const count = board.carriedOver();
    return before === null || count === 0 || dayEnd.told() ? null : { count, before };
  }

  function answered(answers: Answered): void {
    pushes.together(() => {
      troubles.wrote('queue');
      if (answers.rejected.length > 0) failedCommands.reload();
    });
    for (const refusal of answers.rejected) if (preparedAfterCancel(refusal)) history.preparedAfterCancel(refusal);
    for (const draft of noticesOfAnswers(answers, numberOf)) pushes.tell(draft);
  }

  function heard(event: string, payload: unknown): void {
    if (event !== 'stats') return;
    facts.hearStats(payload);
    statsAt = serverClock.now();
  }

  async function askStore(api: ServerLink['api']): Promise<void> {
    const store = await api.store().catch(() => null);
    if (closed || !store) return;
    onDisk('cache', () => facts.setStore(store));
    pushes.changed();
  }

  function keep(): void {
    onDisk('cache', () => facts.keep(serverClock.saved(), link?.current().lastWordAt ?? null));
    // What is too old is not judged by a clock that no server has put right: it may be years ahead.
    if (serverClock.wallIsOff() !== null) {
      onDisk('cache', () => {
        facts.forgetOld(serverClock.now());
        history.prune();
      });
      onDisk('queue', () => queue.forgetOld());
    }
    lookAtDay();
    board.tidy();
    pushes.changed();
  }

  function lookAtDay(): void {
    // Nothing is put away by a clock that no server has put right.
    if (!closed && serverClock.wallIsOff() !== null) onDisk('queue', dayEnd.look);
  }

  history.display('started');
  if (setAside) troubles.begin('queue_set_aside');
  if (rebuilt) troubles.begin('cache_rebuilt');
  readBack();
  pushes.changed();
  const timers = [
    every(clock, SIGN_OF_LIFE_MS, () => {
      link?.tick();
      watchClock();
      pushes.changed();
    }),
    every(clock, KEEP_MS, keep),
  ];

  return {
    now: serverClock.now,
    settings,
    board,
    pin,
    dayEnd,
    testOrder,
    queue,
    history,
    figures,
    failedCommands,
    troubles,
    status,
    orderNumber: numberOf,
    searchCopy: cache.search,
    windowDays: facts.windowDays,
    tell: pushes.tell,
    link: (): ServerLink | null => link,
    boardNow(): Board {
      pushes.pushBoard();
      return board.whole();
    },
    /** Throws `StorageError` when the cache cannot be written. */
    seenMarks(orderId: string): void {
      cache.forgetSeen(orderId);
      board.touch([orderId]);
      pushes.changed();
    },
    failedCommandsChanged(): void {
      failedCommands.reload();
      pushes.changed();
    },
    mute: muting.mute,
    rest(): void {
      link?.poke();
      keep();
    },
    setDesktop(found: NonNullable<typeof desktop>): void {
      desktop = found;
      pushes.changed();
    },
    settingsChanged(): void {
      lookAtDay();
      board.restyle();
      pushes.changed();
    },
    /**
     * Begins to link. `known` is what the server has said of the token already.
     *
     * @throws StorageError when the identity that belongs to the token cannot be kept
     */
    connect(to: Connection, known: { store?: Store | null; deviceId?: string; deviceName?: string } = {}): void {
      const { store = null, ...who } = known;
      queue.belongTo(ports.sha256(to.token), who);
      link?.close();
      const before = facts.store();
      onDisk('cache', () => {
        if (store && before && store.id !== before.id) {
          facts.forget();
          sync.forget();
        }
        if (store) facts.setStore(store);
      });
      serverUrl = originOf(to.serverUrl);
      const opened = createLink({
        ports,
        target: { origin: serverUrl, token: to.token },
        appVersion: options.appVersion,
        sync,
        queue,
        serverClock,
        lastWordAt: facts.lastWordAt(),
        pollEvery: () => settings.current().pollSeconds * 1_000,
        onLink(state, before) {
          history.link(state, opened.current().cause);
          const draft = linkNotice(state);
          if (draft) pushes.tell(draft);
          if (state === before) pushes.changed();
          else pushes.changedState();
        },
        onUp() {
          keep();
          void askStore(opened.api);
        },
        onAnswered: answered,
        onMessage: heard,
        onDiskFailed: diskFailed,
      });
      link = opened;
      opened.start();
    },
    close(): void {
      if (closed) return;
      closed = true;
      for (const stop of timers) stop();
      muting.stop();
      pin.close();
      keep();
      pushes.stop();
      alerts.stop();
      link?.close();
      cache.close();
      queueStore.close();
    },
  };
}

const seconds = (count: number | undefined): number | null => (count === undefined ? null : count * 1_000);
