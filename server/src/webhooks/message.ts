import { feedChange } from '#contract/feed.ts';
import type { Change } from '#contract/sync.ts';

/** A message for a webhook: what the feed sends (contract, section 11). */
export interface Message {
  /** The header `webhook-id`, the same at every try. */
  id: string;
  type: string;
  /** JSON. */
  body: string;
  /** Where it comes from: a change of the log, or a row of `webhook_news`. */
  place: { seq: number } | { number: number };
}

/** A change, with the order as it was after it. */
export function changeMessage(epoch: string, storeId: string, change: Change): Message {
  const { seq, type } = change;
  return { id: `${epoch}-${storeId}-${seq}`, type, body: JSON.stringify(feedChange(change)), place: { seq } };
}

export const seqOf = ({ place }: Message): number | null => ('seq' in place ? place.seq : null);
