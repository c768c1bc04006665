import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { Refused } from '../service-client.ts';
import { type HubRise, noneIf404 } from './call-hubrise.ts';

const Callback = z.object({
  url: z.string().nullable().catch(null),
  events: z.record(z.string(), z.array(z.string()).catch([])).catch({}),
});
const WANTED = ['create', 'update'];

/**
 * Makes HubRise keep the events of orders: without a callback it keeps none. A connection has one callback: an active one to
 * our address stays, and one that belongs to another program is not taken away from it.
 *
 * @returns their clock, ms since 1970
 */
export async function keepCallback({ client, eventsUrl, clockOf }: HubRise): Promise<number> {
  let clock = clockOf({});
  const onHeaders = (headers: IncomingHttpHeaders) => {
    clock = clockOf(headers);
  };
  const answer = await client.call('GET', '/callback', { onHeaders }).catch(noneIf404);
  const { url, events } = Callback.catch({ url: null, events: {} }).parse(answer);
  const heard = events.order ?? [];
  if (url && originOf(url) !== originOf(eventsUrl))
    throw new Refused(`it sends the orders of this connection to ${url}: make another connection for Ticketrail`, 409);
  // Another address of ours is of a source that was deleted.
  const kept = url === eventsUrl ? url : null;
  if (kept === url && WANTED.every((one) => heard.includes(one))) return clock;
  const body = { url: kept, events: { ...events, order: [...new Set([...heard, ...WANTED])] } };
  await client.call('POST', '/callback', { body }).catch(noneIf404);
  return clock;
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);
