import { BEAT_MS, type Presence, type Stats } from '#contract/sync.ts';
import type { Orders, Receipts } from '../../service.ts';
import { coalesce } from './coalesce.ts';

/** Today's figures at most this often, and only when they changed (contract, section 6). */
const STATS_MS = 1_000;
/** Many displays that come back at once are one message. */
const PRESENCE_MS = 100;
/** How far each display is changes with every order: told less often. */
const CURSORS_MS = BEAT_MS;

/** What is told of a store beside its orders: `stats` and `presence`. */
export interface Figures {
  /** The orders of a store changed. */
  ordersChanged(storeId: string): void;
  /** Today's, for somebody who just came. */
  greet(storeId: string, tell: (today: Stats) => void): Promise<void>;
  stop(): void;
}

export function createFigures(options: {
  orders: Pick<Orders, 'statsToday'>;
  receipts: Pick<Receipts, 'presence' | 'onChange'>;
  onStats: (storeId: string, today: Stats) => void;
  onPresence: (storeId: string, presence: Presence) => void;
  onFailure: (error: unknown) => void;
}): Figures {
  const { orders, receipts, onStats, onPresence, onFailure } = options;
  const told = new Map<string, string>();

  const stats = coalesce(STATS_MS, (storeId) => {
    const tell = (today: Stats) => {
      const words = JSON.stringify(today);
      if (told.get(storeId) === words) return;
      told.set(storeId, words);
      onStats(storeId, today);
    };
    orders.statsToday(storeId).then(tell).catch(onFailure);
  });
  const presence = coalesce(PRESENCE_MS, (storeId) => onPresence(storeId, receipts.presence(storeId)));
  const cursors = coalesce(CURSORS_MS, presence.call);
  const undo = receipts.onChange((storeId, what) => (what === 'displays' ? presence : cursors).call(storeId));

  return {
    ordersChanged: stats.call,
    greet: (storeId, tell) => orders.statsToday(storeId).then(tell).catch(onFailure),
    stop() {
      undo();
      for (const told of [stats, presence, cursors]) told.stop();
    },
  };
}
