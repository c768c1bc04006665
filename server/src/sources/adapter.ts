import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { KeptJob } from '#capture/kept-job.ts';
import type { Printed } from '#capture/printed.ts';
import type { MappedDraft, Order } from '#contract/order.ts';
import type { SourceKind } from '#contract/source.ts';
import type { Status } from '#contract/status.ts';
import type { ServiceClient } from './service-client.ts';

/**
 * The port between the server and a service that a shop uses (contract, section 12). An adapter knows the service's calls
 * and words and nothing of our database: it keeps no state, and everything that it returns may come again, late, and out
 * of order. `server/src/sources/README.md` says what is done with it.
 */
export interface Adapter<Settings = unknown, Secret = unknown> {
  kind: SourceKind;
  /** Without `baseUrl` and `pollSeconds`, which every kind has. Unknown fields are refused by name. */
  settings: z.ZodType<Settings>;
  /** null: the kind has none that an owner gives. */
  secret: z.ZodType<Secret> | null;
  /** The kind's secret is made here, and shown once. */
  makeSecret?(): Secret & { secret: string };
  /** How often to pull, s; null: nothing can be pulled. */
  pollSeconds: { normal: number; least: number } | null;
  /** How the service is called; null: it is never called. */
  service(access: { settings: Settings; secret: Secret; baseUrl: string | null }): ServiceAccess | null;
  /**
   * Names the account whose order ids are unique, such as the shop's address: two sources of one kind may have different
   * orders with the same id.
   *
   * @param sourceId where the settings name none
   */
  account(settings: Settings, sourceId: string): string;
  open(parts: AdapterParts<Settings, Secret>): ServiceCalls;
}

/** How to reach a service. */
export interface ServiceAccess {
  /** Absolute, without a slash at the end. */
  url: string;
  headers: Record<string, string>;
  /** Calls that are allowed in a span of time, each limit by itself; waited for, not refused. */
  budgets: readonly Budget[];
}

export interface Budget {
  calls: number;
  seconds: number;
  /** Only the calls whose `<method> <path>` matches count, and only they wait. Without it: all. */
  of?: RegExp;
}

export interface AdapterParts<Settings, Secret> {
  settings: Settings;
  secret: Secret;
  client: ServiceClient;
  /** Judges signatures; the text that some services sign. */
  eventsUrl: string;
  store: { currency: string; timeZone: string };
  /** ms since 1970. */
  now(): number;
}

export interface ServiceCalls {
  /** Judges a webhook. Without it the kind has none. Throws a `ZodError` of a body that is not as documented: 400. */
  hear?(request: Heard): Hint;
  /**
   * Everything that changed since the cursor, in pages; each is stored before the next is asked for. Throws
   * what the client throws.
   *
   * @param cursor of the last page that was stored, by their clock; null: the first pull, which brings what changed
   *   lately; of that, `takeOrder` leaves out what is closed and not known
   */
  pull?(cursor: string | null): AsyncIterable<Page>;
  /** The order as it is now, for a webhook that named it; null: there is none. */
  look?(id: string): Promise<TheirOrder | null>;
  /**
   * Says what became of an order. Only the newest status is said, once; what they said themselves is not said back. Throws what
   * the client throws, and `Conflict` to be asked again at once.
   *
   * @param order as it is now; `pending` is said too, as the receipt of a new order
   * @param id theirs
   */
  push?(order: Order, id: string): Promise<Said>;
  /**
   * Waits for orders that come over a connection. Resolves when it listens; rejects with a message for an owner, such as
   * “another program uses port 9100: end it, or choose another port”, and is then called again, after growing pauses.
   *
   * @param take stores them; rejects if it cannot
   * @param jobs what was caught, on disk before it is an order
   * @returns ends it
   */
  listen?(take: (orders: readonly TheirOrder[]) => Promise<void>, jobs: JobStore): Promise<() => Promise<void>>;
}

/** Keeps what a till printed. Rejects while the database is away. */
export interface JobStore {
  /**
   * @param isReprint says so itself: it is no other order if one with this content came today
   * @returns the job as it is kept, or null: it is the same one once more
   */
  keep(printed: Printed, content: string, isReprint: boolean): Promise<KeptJob | null>;
  /** Those that are no order yet, the oldest first. */
  waiting(): Promise<KeptJob[]>;
  /** Its order is stored. */
  done(id: string): Promise<void>;
  /** Writes to the source's log what was printed and is no order. */
  refused(why: string): Promise<void>;
}

export interface Heard {
  headers: IncomingHttpHeaders;
  /** As it came. */
  body: Buffer;
}

/** What a webhook says; `why` is a whole sentence for an owner. */
export type Hint =
  /** The signature is wrong or missing: 401, and nothing is stored. */
  | { kind: 'forged'; why: string }
  /** Nothing about an order, such as a ping: 200. */
  | { kind: 'nothing'; why: string }
  /** These orders changed; `[]`: some did, so pull. */
  | { kind: 'look'; ids: readonly string[] }
  /** Where nothing can be pulled, the body counts. */
  | { kind: 'orders'; orders: readonly TheirOrder[] };

export interface Page {
  orders: readonly TheirOrder[];
  /** They are all that there are, and not what changed: a finished one that is not known here is left out, as in a first pull. */
  isList?: boolean;
  /** Stored together with the orders. */
  cursor: string;
  /** Called after they are stored, such as to delete the events there. */
  stored?(): Promise<void>;
}

/** An order as a service has it. */
export interface TheirOrder {
  /** Unique in their account; at most 150 characters. `externalId` is `<kind>:<id>`. */
  id: string;
  /**
   * Grows with each state of this order: when they changed it (ms since 1970), or their version. An older state is
   * dropped; one that is equally old counts as the newer one.
   */
  mark: number;
  /** As they have it now, by a service that does not say since when: it counts even if its mark is older. */
  isCurrent?: boolean;
  state: TheirState;
}

export type TheirState =
  | {
      kind: 'order';
      draft: MappedDraft;
      /** Ours, for theirs. */
      status: Status;
      /** Theirs, as they write it, to see whether they changed it. */
      theirStatus: string;
      /** Of `rejected` and `cancelled`. */
      reason?: string;
    }
  /** No order (a draft, an unpaid cart, another branch's): ours, if we have one, stays as it is. */
  | { kind: 'none'; why: string };

/**
 * What was said to a service, for the source's log, and their order after it: the echo of our own word is no change of theirs.
 * `nothing`: it has no word for this status.
 */
export type Said = { said: string; theirs?: TheirOrder } | { nothing: string };
