import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { type Spread, spread } from '../support.ts';
import type { Compared } from './compare-in-the-end.ts';
import type { DisplayFaults } from './kitchen-display.ts';
import type { Kitchen, Played } from './play-orders.ts';
import type { Usage } from './watch-usage.ts';

export interface EveningOptions {
  /** Each with a display. */
  stores: number;
  /** Orders come in for so long; then the kitchens finish. */
  seconds: number;
  /** Orders a second in all stores together; each has seven more changes. */
  rate: number;
}

/** Figures of an evening; times in ms. */
export interface Evening extends EveningOptions, Compared, DisplayFaults, Omit<Played, 'behind' | 'refused'> {
  /** {@link ALL_RIGHT}, or what is not. */
  verdict: string;
  nodes: number;
  kitchenSeconds: number;
  orders: number;
  changes: number;
  /** Changes that arrived later than {@link LIVE_WITHIN_MS}. */
  late: number;
  /** Taps that were not applied. */
  refused: string;
  connectSeconds: number;
  longestSilence: number;
  /** From sending until the display has it. */
  order_to_display: Spread;
  tap_to_display: Spread;
  /** From sending until the answer. */
  order_answered: Spread;
  /** By how much this process sent later than planned. */
  behind_plan: Spread;
  busy: Usage;
  /** With all displays connected and no orders. */
  idle: Usage;
  /** CPU time of the nodes and of PostgreSQL for a change, with its delivery, less what the idle displays take. */
  nodeMsPerChange: number;
  databaseMsPerChange: number;
}

export const ALL_RIGHT = 'nothing late, nothing lost';

/** What was taken down in an evening. */
export interface Taken {
  nodes: number;
  kitchens: readonly Kitchen[];
  played: Played;
  compared: Compared;
  connectSeconds: number;
  kitchenSeconds: number;
  idle: Usage;
  busy: Usage;
  ms: number;
}

export function figuresOf(options: EveningOptions, taken: Taken): Evening {
  const { kitchens, played, compared, idle, busy, ms, ...more } = taken;
  const delays = (of: 'orders' | 'taps') =>
    kitchens.flatMap(({ display, [of]: sent }) =>
      sent.flatMap(({ seq, sentAt }) => {
        const at = display.arrivedAt.get(seq);
        return at === undefined ? [] : [at - sentAt];
      }),
    );
  const ofOrders = delays('orders');
  const ofTaps = delays('taps');
  const orders = kitchens.flatMap((kitchen) => kitchen.orders);
  const changes = orders.length + kitchens.reduce((sum, { taps }) => sum + taps.length, 0);
  const late = [...ofOrders, ...ofTaps].filter((delay) => delay > LIVE_WITHIN_MS).length;
  const faults = (of: keyof DisplayFaults) => kitchens.reduce((sum, { display }) => sum + display.faults[of], 0);
  const { notAccepted } = played;
  const longestSilence = Math.max(...kitchens.map(({ display }) => display.longestSilence()));
  const perChange = (of: 'nodeCores' | 'databaseCores') => ((busy[of] - idle[of]) * ms) / changes;
  const taps = Object.entries(played.refused).map(([outcome, count]) => `${count} ${outcome}`);
  const wrong = Object.entries({
    ...compared,
    notAccepted,
    late,
    gaps: faults('gaps'),
    startedOver: faults('startedOver'),
  })
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${what} ${count}`);
  if (longestSilence > LIVE_WITHIN_MS) wrong.push(`a display heard nothing for ${Math.round(longestSilence)} ms`);
  return {
    verdict: wrong.length === 0 ? ALL_RIGHT : wrong.join(', '),
    ...options,
    ...more,
    orders: orders.length,
    changes,
    late,
    ...compared,
    gaps: faults('gaps'),
    startedOver: faults('startedOver'),
    connectionsLost: faults('connectionsLost'),
    sentAgain: played.sentAgain,
    notAccepted,
    refused: taps.join(', ') || 'none',
    longestSilence,
    order_to_display: spread(ofOrders),
    tap_to_display: spread(ofTaps),
    order_answered: spread(orders.map(({ sentAt, answeredAt }) => answeredAt - sentAt)),
    behind_plan: spread(played.behind),
    busy,
    idle,
    nodeMsPerChange: perChange('nodeCores'),
    databaseMsPerChange: perChange('databaseCores'),
  };
}
