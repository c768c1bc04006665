import { setTimeout as sleep } from 'node:timers/promises';
import type { Intent } from '#contract/command.ts';
import type { DinnerOrder } from '../scale/dinner.ts';
import type { Call } from '../subjects/ticketrail.ts';
import { someOrder } from '../support.ts';
import type { KitchenDisplay } from './kitchen-display.ts';
import type { EveningStore } from './make-stores.ts';

/** A store at work: where its orders go and what its display shows. */
export interface Kitchen {
  store: EveningStore;
  display: KitchenDisplay;
  /** What was accepted. */
  orders: { id: string; seq: number; sentAt: number; answeredAt: number }[];
  taps: { seq: number; sentAt: number }[];
}

/** What happened while orders were played. */
export interface Played {
  /** Orders sent once more, because there was no answer or an error. */
  sentAgain: number;
  /** Orders that were given up after a minute. */
  notAccepted: number;
  /** Taps that were not applied, by their answer. */
  refused: Record<string, number>;
  /** ms by which this process sent later than planned. */
  behind: number[];
}

/** Taps of one order in order, before `ready` and `completed`: {@link tapsOf} needs as many changes. */
export const TAPS = 7;
const RETRY_MS = 200;
const GIVE_UP_MS = 60_000;
let orders = 0;

/** Places an order and taps it through the kitchen, at the planned times or once the display shows what is tapped. */
export async function playOrder(
  { store, display, ...kitchen }: Kitchen,
  { at, changes }: DinnerOrder,
  { call, beganAt, played }: { call: Call; beganAt: number; played: Played },
): Promise<void> {
  const waitUntil = async (second: number): Promise<void> => {
    const wait = beganAt + second * 1_000 - performance.now();
    if (wait > 0) await sleep(wait);
  };
  await waitUntil(at);
  played.behind.push(performance.now() - beganAt - at * 1_000);
  const draft = { ...someOrder(++orders), fulfilment: 'pickup' };
  const sentAt = performance.now();
  const accepted = await sendUntilAccepted(() => call('POST', '/orders', store.shop, draft), played);
  if (!accepted) return;
  const { id, seq } = accepted;
  kitchen.orders.push({ id, seq, sentAt, answeredAt: performance.now() });

  const shown = await display.shows(id);
  if (!shown) return;
  const times = changes.toSorted((a, b) => a - b);
  for (const [i, intent] of tapsOf(shown.items).entries()) {
    await waitUntil(times[i] ?? 0);
    const tapped = await display.tap(id, intent);
    if (tapped.outcome === 'applied') kitchen.taps.push(tapped);
    else played.refused[tapped.outcome] = (played.refused[tapped.outcome] ?? 0) + 1;
  }
}

/** Seen, accepted, ticked item by item, ready, handed over. */
function tapsOf(items: readonly { id: string }[]): Intent[] {
  const move = (from: 'pending' | 'preparing' | 'ready', to: 'preparing' | 'ready' | 'completed'): Intent => ({
    type: 'set_status',
    payload: { from, to },
  });
  return [
    { type: 'acknowledge', payload: {} },
    move('pending', 'preparing'),
    ...items.map(({ id }): Intent => ({ type: 'set_item_done', payload: { itemId: id, done: true } })),
    move('preparing', 'ready'),
    move('ready', 'completed'),
  ];
}

/** @returns null: it was given up */
async function sendUntilAccepted(
  send: () => ReturnType<Call>,
  played: Played,
): Promise<{ id: string; seq: number } | null> {
  for (const until = performance.now() + GIVE_UP_MS; performance.now() < until; await sleep(RETRY_MS))
    try {
      return await send();
    } catch {
      played.sentAgain++;
    }
  played.notAccepted++;
  return null;
}
