import { DAY_MS, HOUR_MS, MINUTE_MS } from '#contract/local-time.ts';
import type { Page, TheirOrder } from '../adapter.ts';
import { asItIs, type HubRise } from './call-hubrise.ts';
import { keepCallback } from './callback.ts';
import { msOf } from './hubrise-order.ts';
import { listOrders } from './list-orders.ts';
import { mapOrder } from './map-order.ts';
import { pullEvents } from './pull-events.ts';

/** How far back the first list goes: to orders that were placed before for later. */
const FIRST_MS = 3 * DAY_MS;
/** How far back the other lists go before the newest event. */
const OVERLAP_MS = DAY_MS;
/** HubRise tries for about an hour to deliver an event to an active callback, and then deletes it. */
const GAP_MS = 15 * MINUTE_MS;

/**
 * What changed, from the events. When events may be missing – at the start, after a gap, and once an hour to be sure – also
 * the callback is looked at, and the orders are listed.
 *
 * @returns pulls; its cursor is the newest event or order, ms since 1970
 */
export function createPull(hubrise: HubRise): (cursor: string | null) => AsyncGenerator<Page> {
  const { now } = hubrise;
  let pulledAt = Number.NEGATIVE_INFINITY;
  let listedAt = Number.NEGATIVE_INFINITY;

  return async function* pull(cursor) {
    const mustList = isOver(pulledAt, GAP_MS) || isOver(listedAt, HOUR_MS);
    // Before the list: what is ordered meanwhile has an event.
    const clock = mustList ? await keepCallback(hubrise) : null;
    let newest = Number(cursor ?? 0);
    for await (const page of pullEvents(hubrise, newest)) {
      newest = Number(page.cursor);
      yield page;
    }
    pulledAt = now();
    if (clock === null) return;
    yield* list(hubrise, cursor === null, newest, clock);
    listedAt = now();
  };

  /** A clock that was set back counts too. */
  function isOver(since: number, ms: number): boolean {
    return now() - since >= ms || now() < since;
  }
}

async function* list(hubrise: HubRise, isFirst: boolean, newest: number, clock: number): AsyncGenerator<Page> {
  const { shop, turn } = hubrise;
  const pages = listOrders(hubrise, isFirst ? clock - FIRST_MS : newest - OVERLAP_MS);
  let last = newest;
  let isDone = false;
  while (!isDone) {
    const end = await turn();
    try {
      const page = await pages.next();
      isDone = page.done === true;
      const orders = (page.done === true ? [] : page.value).map(
        (order): TheirOrder => asItIs(mapOrder(order, msOf(order.created_at), shop)),
      );
      last = Math.max(last, ...orders.map(({ mark }) => mark));
      // Also without orders: the next pull is not the first.
      yield { orders, isList: true, cursor: String(last || clock) };
    } finally {
      end();
    }
  }
}
