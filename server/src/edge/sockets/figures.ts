import { BEAT_MS, type Presence, type Stats } from '#contract/sync.ts';
import type { Orders, Receipts } from '../../service.ts';
import { coalesce } from './coalesce.ts';

/** Shortest interval between two sends of today's figures, and only if they changed (contract, section 6). */
const STATS_MS = 1_000;
/** Every display of a store gets a list of all: many that come at once must not cause many such messages. */
const PRESENCE_MS = 1_000;
/** Cursors of displays change with every order, so they are sent less often. */
const CURSORS_MS = BEAT_MS;
const MINUTE_MS = 60_000;

/** Sends `stats` and `presence` of stores, each only if it changed. */
export interface Figures {
  /** The orders of a store may have changed. */
  ordersChanged(storeId: string): void;
  /** Displays may have come or gone, or stored more. */
  presenceChanged(storeId: string, what: 'displays' | 'cursors'): void;
  /** The head of a store's log, read just now. */
  headIs(storeId: string, head: number): void;
  /** Checks the displays once a second, and the orders once a minute, since at midnight the figures change without one. */
  look(storeId: string): void;
  /** Today's figures, for a new connection. */
  greet(storeId: string, send: (today: Stats) => void): Promise<void>;
  stop(): void;
}

export function createFigures(options: {
  orders: Pick<Orders, 'statsToday'>;
  receipts: Pick<Receipts, 'presence'>;
  onStats: (storeId: string, today: Stats) => void;
  onPresence: (storeId: string, presence: Presence) => void;
  onFailure: (error: unknown) => void;
  /** ms since 1970. */
  now: () => number;
}): Figures {
  const { orders, receipts, onStats, onPresence, onFailure, now } = options;
  const sentStats = whenChanged(onStats);
  const sentPresence = whenChanged(onPresence);
  /** The displays of each store as last sent, without their cursors. */
  const sentDisplays = new Map<string, string>();

  /** The heads and minutes of which the figures are sent. */
  const heads = new Map<string, number>();
  const minutes = new Map<string, number>();

  const stats = coalesce(STATS_MS, (storeId) => {
    orders.statsToday(storeId).then(
      (today) => sentStats(storeId, today),
      (error) => {
        heads.delete(storeId);
        onFailure(error);
      },
    );
  });
  const presence = coalesce(PRESENCE_MS, (storeId) => {
    const list = receipts.presence(storeId);
    sentDisplays.set(storeId, withoutCursors(list));
    sentPresence(storeId, list);
  });
  const cursors = coalesce(CURSORS_MS, presence.call);

  return {
    ordersChanged: stats.call,
    presenceChanged: (storeId, what) => (what === 'displays' ? presence : cursors).call(storeId),
    headIs(storeId, head) {
      if (heads.get(storeId) === head) return;
      heads.set(storeId, head);
      stats.call(storeId);
    },
    look(storeId) {
      const minute = Math.floor(now() / MINUTE_MS);
      if (minutes.get(storeId) !== minute) stats.call(storeId);
      minutes.set(storeId, minute);
      const moved = sentDisplays.get(storeId) !== withoutCursors(receipts.presence(storeId));
      (moved ? presence : cursors).call(storeId);
    },
    greet: (storeId, send) => orders.statsToday(storeId).then(send).catch(onFailure),
    stop() {
      for (const waiting of [stats, presence, cursors]) waiting.stop();
    },
  };
}

const withoutCursors = ({ displays }: Presence): string =>
  JSON.stringify(displays.map(({ deviceId, name, since }) => [deviceId, name, since]));

/** Sends a store's figures unless they equal the last sent ones. */
function whenChanged<T>(send: (storeId: string, figures: T) => void): (storeId: string, figures: T) => void {
  const sent = new Map<string, string>();
  return (storeId, figures) => {
    const text = JSON.stringify(figures);
    if (sent.get(storeId) === text) return;
    sent.set(storeId, text);
    send(storeId, figures);
  };
}
