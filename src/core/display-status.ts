import type { DisplayStatus } from '#contract/display-status.ts';
import type { Link } from '#contract/link.ts';
import type { Mute } from './alerts/mute.ts';
import type { BoardModel } from './board/board.ts';
import type { DayEnd } from './board/day-end.ts';
import type { CachedFacts } from './cached-facts.ts';
import type { Troubles } from './diagnosis/troubles.ts';
import type { ServerClock } from './link/server-clock.ts';
import type { FailedCommands } from './queue/failed-commands.ts';
import type { Queue } from './queue/queue.ts';
import type { Pin } from './settings/pin.ts';
import type { SettingsStore } from './settings/settings.ts';

export interface StatusParts {
  facts: CachedFacts;
  serverClock: ServerClock;
  queue: Queue;
  failedCommands: FailedCommands;
  troubles: Troubles;
  board: BoardModel;
  dayEnd: DayEnd;
  muting: Mute;
  figures: { today(): DisplayStatus['stats'] };
  settings: SettingsStore;
  pin: Pin;
}

/** What the screen shows around the tickets. */
export function displayStatus(
  parts: StatusParts,
  now: { link: Link; serverUrl: string | null; deviceName: string | null; desktop: DisplayStatus['desktop'] },
): DisplayStatus {
  const { facts, serverClock, queue, failedCommands, troubles, board, dayEnd, muting, figures, settings, pin } = parts;
  const orderIds = board.ringing();
  const store = facts.store();
  return {
    ...now,
    setup: now.serverUrl === null ? 'needed' : 'done',
    store: store && { id: store.id, name: store.name, currency: store.currency, timeZone: store.timeZone },
    serverNow: serverClock.now(),
    queueCount: queue.count(),
    queueSince: queue.since(),
    ...failedCommands.status(),
    troubles: troubles.list(),
    alarm: { active: orderIds.length > 0, orderIds },
    mutedUntil: muting.until(),
    stats: figures.today(),
    settings: settings.current(),
    pin: pin.status(),
    clockAheadMs: serverClock.wallIsOff(),
    carriedOver: carriedOver(board, dayEnd),
  };
}

function carriedOver(board: BoardModel, dayEnd: DayEnd): DisplayStatus['carriedOver'] {
  const before = dayEnd.before();
  const count = board.carriedOver();
  return before === null || count === 0 || dayEnd.dismissed() ? null : { count, before };
}
