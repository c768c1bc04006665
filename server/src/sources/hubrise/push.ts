import { offsetAt } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { isCalledOff } from '#contract/status.ts';
import type { Said } from '../adapter.ts';
import { Refused } from '../service-client.ts';
import { asItIs, type HubRise } from './call-hubrise.ts';
import { msOf } from './hubrise-order.ts';
import { FINAL } from './keep-their-end.ts';
import { mapOrder } from './map-order.ts';

const BEFORE_ACCEPTED = ['new', 'received'];

/**
 * Says a status to HubRise, which takes every status over every other: one that would undo what happened there is not said.
 */
export async function push(hubrise: HubRise, order: Order, id: string): Promise<Said> {
  // An order is received as soon as it was read.
  const justRead = order.status === 'pending' ? hubrise.memory.justSaw(id) : null;
  const theirs = justRead ?? (await statusNow(hubrise, id));
  const status = wordFor(order, theirs);
  if (status === null) return { nothing: `HubRise has it as “${theirs}”.` };
  const isConfirmed = status === 'accepted' && order.dueAt !== null;
  const time = isConfirmed && { confirmed_time: inZone(order.dueAt ?? '', hubrise.shop.timeZone) };
  const after = await hubrise.write(id, { status, ...time });
  return { said: status, theirs: asItIs(mapOrder(after, msOf(after.created_at), hubrise.shop)) };
}

/** null: it is not known. */
async function statusNow({ read }: HubRise, id: string): Promise<string | null> {
  try {
    return (await read(id))?.status ?? null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** null: theirs says as much, or more. */
function wordFor({ status, fulfilment }: Order, theirs: string | null): string | null {
  if (theirs !== null && FINAL.includes(theirs)) return null;
  // A courier's program knows better where the order is.
  if (theirs === 'in_delivery' && status !== 'completed' && !isCalledOff(status)) return null;
  const isNew = theirs === null || BEFORE_ACCEPTED.includes(theirs);
  switch (status) {
    case 'pending':
      return theirs === null || theirs === 'new' ? 'received' : null;
    case 'preparing':
      if (isNew) return 'accepted';
      return theirs === 'accepted' || theirs === 'in_preparation' ? null : 'in_preparation';
    case 'ready': {
      const word = fulfilment === 'delivery' ? 'awaiting_shipment' : 'awaiting_collection';
      return theirs === word ? null : word;
    }
    case 'delivering':
      return 'in_delivery';
    case 'completed':
    case 'rejected':
    case 'cancelled':
      return status;
  }
}

/** `2026-06-24T19:07:52+02:00`: HubRise wants times in the zone of the store. */
function inZone(iso: string, timeZone: string): string {
  const at = Date.parse(iso);
  const offset = offsetAt(at, timeZone);
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const wall = new Date(at + offset).toISOString().slice(0, 19);
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
