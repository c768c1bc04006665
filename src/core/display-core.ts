import type { DisplayStatus, Trouble } from '#contract/display-status.ts';
import type { Board } from '#contract/ticket.ts';
import { type AlertsOptions, createAlerts } from './alerts/alerts.ts';
import { createMute } from './alerts/mute.ts';
import { createAvailability } from './availability.ts';
import { createBoard } from './board/board.ts';
import { createDayEnd } from './board/day-end.ts';
import { createMarks } from './board/marks.ts';
import { noticesOfChanges } from './bridge/notices.ts';
import { createPushes, type Push } from './bridge/pushes.ts';
import { createCachedFacts } from './cached-facts.ts';
import { checkRows } from './check-rows.ts';
import { createServerConnection } from './connect-display.ts';
import { createTestOrder } from './diagnosis/test-order.ts';
import { createTroubles } from './diagnosis/troubles.ts';
import { createDiskGuard } from './disk-guard.ts';
import type { DisplayOptions } from './display.ts';
import type { DisplayParts } from './display-parts.ts';
import { displayStatus } from './display-status.ts';
import { createFigures } from './figures/figures.ts';
import { createHistory } from './history/history.ts';
import { createClockWatch } from './link/clock-watch.ts';
import { createServerClock } from './link/server-clock.ts';
import { createSyncEngine } from './link/sync-engine.ts';
import { openStores } from './open-stores.ts';
import type { Ports } from './ports.ts';
import { createPrinting } from './printing/create-printing.ts';
import { createFailedCommands } from './queue/failed-commands.ts';
import { createQueue } from './queue/queue.ts';
import { createPin } from './settings/pin.ts';
import { createSettings } from './settings/settings.ts';
import { stationsInForce } from './settings/stations-in-force.ts';
import { createTill } from './till/create-till.ts';
import { createUpkeep } from './upkeep.ts';

/** For one call; reading them blocks. */
const MOST_ORDERS = 1_000;

export type DisplayCore = ReturnType<typeof openDisplayCore>;

/**
 * Opens both databases and connects the parts of the display to each other; nothing talks to a server before `connect()`.
 *
 * @throws StorageError when a database cannot be opened: `locked` when another display uses the folder
 */
export function openDisplayCore(
  ports: Ports,
  options: DisplayOptions,
  push: Push,
  alerting: Pick<AlertsOptions, 'isListening' | 'emit'>,
) {
  const { clock } = ports;
  const { queueStore, setAside, cache, rebuilt } = openStores(ports);
  const facts = createCachedFacts(cache);
  const serverClock = createServerClock(clock, facts.clock());
  const { now } = serverClock;
  const clockWatch = createClockWatch({ clock, serverClock, store: queueStore });
  const timeZone = (): string | null => facts.store()?.timeZone ?? null;
  const settings = createSettings(queueStore);
  const failedCommands = createFailedCommands(queueStore);
  const requestPush = (): void => pushes.request();
  const troubles = createTroubles(() => {
    recordTroubles();
    requestPush();
  });
  const disks = createDiskGuard(troubles, ports.log);
  const muting = createMute({ clock, now, onChange: requestPush });
  const pin = createPin({ store: queueStore, ports, onChange: requestPush });
  const availability = createAvailability({ log: ports.log, now, onChange: requestPush });
  let desktop: DisplayStatus['desktop'] = null;
  let recorded: Trouble[] = [];
  let closed = false;

  const deviceName = (): string | null => queue.identity().deviceName ?? options.deviceName ?? null;
  const orderNumber = (orderId: string): string | null => board.shown(orderId)?.number ?? null;

  const history = createHistory({ cache, now, orderNumber, onDisk: (write) => disks.run('cache', write) });
  const queue = createQueue({
    store: queueStore,
    uuid: ports.uuid,
    now,
    latest: serverClock.latest,
    uptime: clock.uptime,
    heard: serverClock.heard,
    knowsTime: clockWatch.mayDelete,
    orderNumber,
    history,
    onTouched(orderIds) {
      board.touch(orderIds);
      printing.touched(orderIds);
      requestPush();
    },
  });
  const board = createBoard({
    cache,
    rowsOf: queue.rowsOf,
    orderIds: queue.orderIds,
    ages: () => settings.current().ages,
    now,
    by: () => deviceName() ?? '',
    windowDays: facts.windowDays,
    carriedOverBefore: () => dayEnd.before(),
  });
  const dayEnd = createDayEnd({
    store: queueStore,
    settings: settings.current,
    timeZone,
    now,
    onChange(moved) {
      if (moved) board.load();
      requestPush();
    },
  });
  const printing = createPrinting({
    store: queueStore,
    ports,
    disks,
    settings: settings.current,
    stations: () => stationsInForce(facts.store(), settings.current()).list,
    shop: facts.store,
    shown: board.shown,
    openOrders: cache.open,
    hasOrders: () => sync.position().epoch !== null,
    now,
    knowsTime: clockWatch.mayDelete,
    onChange: requestPush,
  });
  const till =
    options.till === undefined
      ? null
      : createTill({
          ...options.till,
          ports,
          settings: () => settings.current().till,
          server: () => server.serverUrl(),
          store: facts.store,
          now,
          onChange: requestPush,
        });
  const testOrder = createTestOrder({
    uuid: ports.uuid,
    now,
    currency: () => facts.store()?.currency ?? 'EUR',
    onShown(order) {
      board.setLocalOrder(order);
      requestPush();
    },
  });
  const alerts = createAlerts({
    ...alerting,
    // A pick-up board is for customers.
    isListening: () => alerting.isListening() && settings.current().screen !== 'pickup',
    store: queueStore,
    clock,
    now,
    shown: board.shown,
    wanted: (kind) => settings.current().desktop.notify[kind],
    acknowledgeWithinMs() {
      const seconds = facts.store()?.settings.acknowledgeWithinSeconds;
      return seconds === undefined ? null : seconds * 1_000;
    },
    deviceId: () => queue.identity().deviceId,
    onDisk: (write) => disks.run('queue', write),
  });
  const pushes = createPushes({
    ports,
    push,
    patch: board.patch,
    status() {
      const current = status();
      alerts.onStatus(current);
      return current;
    },
  });
  const sync = createSyncEngine({
    cache,
    sha256: ports.sha256,
    history,
    facts,
    marks: createMarks({ cache, tapped: (orderId) => queue.rowsOf(orderId).length > 0, onBoard: board.onBoard }),
    onChanges({ epoch, to, changes }, orderIds) {
      pushes.together(() => {
        troubles.diskWorks('cache');
        disks.run('queue', () => queue.learnIdentity(changes));
        queue.movedTo(epoch, to);
        board.touch(orderIds);
      });
      printing.touched(orderIds, changes);
      server.link()?.poke();
      for (const draft of noticesOfChanges(changes)) pushes.notify(draft);
      alerts.onChanges(changes);
    },
    onReplaced(reason) {
      pushes.together(() => {
        troubles.diskWorks('cache');
        troubles.end('cache_rebuilt');
        // S2: this is not the log that the display followed before.
        if (reason === 'epoch' || reason === 'future' || reason === 'hash') troubles.begin('server_restored');
        reload();
      });
      printing.look();
    },
  });
  const parts: DisplayParts = {
    ports,
    facts,
    availability,
    serverClock,
    clockWatch,
    sync,
    queue,
    history,
    board,
    failedCommands,
    settings,
    pin,
    dayEnd,
    muting,
    troubles,
    disks,
    printing,
    till,
    pushes,
  };
  const server = createServerConnection(parts, { ...options, orderNumber, onUp });
  const figures = createFigures({
    cache,
    now,
    store: facts.store,
    ages: () => settings.current().ages,
    windowDays: facts.windowDays,
    position: sync.position,
    link: server.current,
    serverStats: server.serverStats,
  });

  function onUp(): void {
    upkeep.save();
    till?.retry();
  }

  /** Reloads the shown state from both databases. */
  function reload(): void {
    const { epoch, cursor } = sync.position();
    disks.run('queue', () => {
      queue.reload(epoch, cursor);
      if (queue.giveUpUnreadable().length > 0) failedCommands.reload();
    });
    board.load();
  }

  function checkFiles(): void {
    if (troubles.list().includes('files_removed')) return;
    disks.check('cache', cache.checkFile);
    disks.check('queue', queueStore.checkFile);
  }

  /** The history records a trouble when it begins, and again only after it has ended. */
  function recordTroubles(): void {
    const before = recorded;
    recorded = troubles.list();
    for (const trouble of recorded) if (!before.includes(trouble)) history.display(trouble);
  }

  const status = (): DisplayStatus =>
    displayStatus(parts, {
      link: server.current(),
      serverUrl: server.serverUrl(),
      deviceName: deviceName(),
      desktop,
      stats: figures.today(),
    });

  history.display('started');
  if (setAside) troubles.begin('queue_set_aside');
  if (rebuilt) troubles.begin('cache_rebuilt');
  reload();
  printing.begin();
  printing.look();
  requestPush();
  const startOver = () => (server.link() ?? sync).startOver();
  const upkeep = createUpkeep(parts, {
    link: server.link,
    checkFiles,
    refreshStore: server.refreshStore,
    checkRows: () => checkRows({ cache, queue: queueStore, disks, troubles, startOver, reload }),
  });

  return {
    now,
    settings,
    board,
    pin,
    dayEnd,
    testOrder,
    printing,
    till,
    queue,
    history,
    figures,
    failedCommands,
    troubles,
    disks,
    status,
    orderNumber,
    searchCopy: cache.search,
    /** Open orders, and closed ones since `at` (ms, server time), the newest {@link MOST_ORDERS}. Throws `StorageError`. */
    ordersSince: (at: number) => [...cache.open(), ...cache.closedSince(new Date(at).toISOString(), MOST_ORDERS)],
    windowDays: facts.windowDays,
    store: facts.store,
    availability,
    notify: pushes.notify,
    link: server.link,
    connect: server.connect,
    mute: muting.mute,
    /** The whole board, as of the last patch, which is pushed first. */
    boardNow(): Board {
      pushes.pushBoard();
      return board.whole();
    },
    /** Throws `StorageError` when the cache cannot be written. */
    seenMarks(orderId: string): void {
      cache.forgetSeen(orderId);
      board.touch([orderId]);
      requestPush();
    },
    failedCommandsChanged(): void {
      failedCommands.reload();
      requestPush();
    },
    settingsChanged(): void {
      upkeep.checkDayEnd();
      printing.begin();
      till?.begin();
      board.recomputeAges();
      requestPush();
    },
    setDesktop(found: NonNullable<typeof desktop>): void {
      desktop = found;
      requestPush();
    },
    prepareForSleep(): void {
      server.link()?.poke();
      upkeep.save();
    },
    /** @returns when the papers that are being sent, and the tickets that are being caught, are stored; null: there are none */
    stopPaper(): Promise<unknown> | null {
      const ends = [printing.stop(), till?.stop()].filter((one) => one instanceof Promise);
      return ends.length > 0 ? Promise.all(ends) : null;
    },
    close(): void {
      if (closed) return;
      closed = true;
      upkeep.stop();
      muting.stop();
      pin.close();
      upkeep.save();
      pushes.stop();
      alerts.stop();
      server.close();
      till?.close();
      cache.close();
      queueStore.close();
    },
  };
}
