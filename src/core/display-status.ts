import type { DisplayStatus } from '#contract/display-status.ts';
import type { DisplayParts } from './display-parts.ts';
import { stationsInForce } from './settings/stations-in-force.ts';

type Given = 'link' | 'serverUrl' | 'deviceName' | 'desktop' | 'stats';

/** What the screen shows around the tickets. */
export function displayStatus(parts: DisplayParts, given: Pick<DisplayStatus, Given>): DisplayStatus {
  const { facts, availability, serverClock, queue, failedCommands, troubles, board, muting, settings, pin } = parts;
  const { printing, till } = parts;
  const orderIds = board.ringing();
  const store = facts.store();
  return {
    ...given,
    setup: given.serverUrl === null ? 'needed' : 'done',
    store: store && { id: store.id, name: store.name, currency: store.currency, timeZone: store.timeZone },
    serverNow: serverClock.now(),
    queueCount: queue.count(),
    queueSince: queue.since(),
    ...failedCommands.status(),
    troubles: troubles.list(),
    alarm: { active: orderIds.length > 0, orderIds },
    mutedUntil: muting.until(),
    settings: settings.current(),
    stations: stationsInForce(store, settings.current()),
    pin: pin.status(),
    clockAheadMs: serverClock.wallIsOff(),
    carriedOver: carriedOver(parts),
    printers: printing.status(),
    till: till?.status() ?? null,
    availability: availability.current(),
  };
}

function carriedOver({ board, dayEnd }: DisplayParts): DisplayStatus['carriedOver'] {
  const before = dayEnd.before();
  const count = board.carriedOver();
  return before === null || count === 0 || dayEnd.dismissed() ? null : { count, before };
}
