import { atRate } from '../clients/at-rate.ts';
import type { Accepted } from '../subjects/subject.ts';
import { someOrder } from '../support.ts';

/** What was sent, and when. */
export interface Sent {
  /** When each change was sent, on this process's clock, ms. */
  sentAt: Map<number, number>;
  /** ms from sending until the answer. */
  answered: number[];
  /** The highest number of a change. */
  last: number;
}

type Send = (i: number) => Promise<Accepted>;

/** Sends at fixed times, whether the earlier ones are answered or not; resolves when all are. */
export async function sendAtRate(perSecond: number, seconds: number, send: Send): Promise<Sent> {
  const sent: Sent = { sentAt: new Map(), answered: [], last: 0 };
  await atRate(perSecond, Math.round(perSecond * seconds), (i) => timed(sent, send, i));
  return sent;
}

/** Always has so many under way. @param until a number of orders, or a time in seconds */
export async function sendInFlight(
  inFlight: number,
  until: { count: number } | { seconds: number },
  send: Send,
): Promise<Sent> {
  const sent: Sent = { sentAt: new Map(), answered: [], last: 0 };
  const begin = performance.now();
  let i = 0;
  const goesOn = () => ('count' in until ? i < until.count : performance.now() - begin < until.seconds * 1_000);
  const one = async () => {
    while (goesOn()) await timed(sent, send, i++);
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return sent;
}

async function timed(sent: Sent, send: Send, i: number): Promise<void> {
  const at = performance.now();
  const { seq } = await send(i);
  sent.answered.push(performance.now() - at);
  sent.sentAt.set(seq, at);
  if (seq > sent.last) sent.last = seq;
}

let orders = 0;
/** One that was accepted already: nobody here does it, and an order that nobody accepts is escalated. */
export const nextOrder = () => ({ ...someOrder(++orders), status: 'preparing' });
