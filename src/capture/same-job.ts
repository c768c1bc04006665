/** The same bytes within this time are one order, ms (contract, section 16). */
const SAME_WITHIN_MS = 60_000;
/** A ticket that says it is a reprint, and has the content of one in this time, is that one, ms. */
const REPRINT_WITHIN_MS = 12 * 3_600_000;

/** How many jobs of a till stay after they are orders: these, and all within the time of a reprint up to the most. */
export const KEPT_JOBS = 20;
export const MOST_JOBS = 2_000;
/** Jobs from before are only kept to be looked at, ms since 1970. */
export const repeatableSince = (at: number): number => at - REPRINT_WITHIN_MS;

/** What makes an earlier job the same as a new one: its bytes after `bytesSince`, or its content after `contentSince`. */
export interface SameJob {
  hash: string;
  bytesSince: number;
  /** Null: a ticket that does not say it is a reprint is another one, even if it has the content of an earlier one. */
  content: string | null;
  contentSince: number;
  /** No job is from after this time: the clock was wrong then. ms since 1970, like the others. */
  until: number;
}

export const sameAs = (at: number, hash: string, content: string, isReprint: boolean): SameJob => ({
  hash,
  bytesSince: at - SAME_WITHIN_MS,
  content: isReprint ? content : null,
  contentSince: repeatableSince(at),
  until: at + SAME_WITHIN_MS,
});
