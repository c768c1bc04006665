import type { Presence, Stats } from '#contract/sync.ts';
import type { Orders } from '../../service.ts';
import { coalesce } from './coalesce.ts';
import type { Seats } from './seats.ts';
import { roomOf, type Seat, type StoreNamespace } from './store-namespace.ts';

/** Today's figures at most this often, and only when they changed (contract, section 6). */
const STATS_MS = 1_000;
/** Many displays that come back at once are one message. */
const PRESENCE_MS = 100;

/** What displays are told beside the orders: `stats` and `presence`. */
export interface Figures {
  /** The orders of a store changed. */
  ordersChanged(storeId: string): void;
  /** Displays of a store came or went. */
  displaysChanged(storeId: string): void;
  /** Tells a display that just came what the others know. */
  greet(seat: Seat): void;
  stop(): void;
}

export function createFigures(options: {
  orders: Pick<Orders, 'statsToday'>;
  seats: Seats;
  namespace: StoreNamespace;
  onFailure: (error: unknown) => void;
}): Figures {
  const { orders, seats, namespace, onFailure } = options;
  const told = new Map<string, string>();

  const stats = coalesce(STATS_MS, (storeId) => {
    const tell = (today: Stats) => {
      const words = JSON.stringify(today);
      if (told.get(storeId) === words) return;
      told.set(storeId, words);
      namespace.to(roomOf(storeId)).emit('stats', today);
    };
    orders.statsToday(storeId).then(tell).catch(onFailure);
  });
  const presence = coalesce(PRESENCE_MS, (storeId) => {
    namespace.to(roomOf(storeId)).emit('presence', presenceOf(seats.of(storeId)));
  });

  return {
    ordersChanged: stats.call,
    displaysChanged: presence.call,
    greet(seat) {
      const tell = (today: Stats) => void seat.socket.emit('stats', today);
      orders.statsToday(seat.storeId).then(tell).catch(onFailure);
    },
    stop() {
      stats.stop();
      presence.stop();
    },
  };
}

/** One entry for each device, though it may have two sockets for a moment. */
function presenceOf(seats: Iterable<Seat>): Presence {
  const displays = new Map<string, Presence['displays'][number]>();
  for (const { device, since, cursor } of seats)
    displays.set(device.id, { deviceId: device.id, name: device.name, since, cursor });
  return { displays: [...displays.values()] };
}
