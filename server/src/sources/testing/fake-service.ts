import type { Order } from '#contract/order.ts';
import type { MadeSource, SourceKind } from '#contract/source.ts';

/**
 * The fake of a service over HTTP, in words that are the same for all kinds, so that one suite tries each adapter. Orders
 * are named by numbers from 1. The fake has its own clock, which differs from ours and moves on with each change.
 */
export interface FakeService {
  kind: SourceKind;
  /** Of a source that reaches this fake. */
  settings: Record<string, unknown>;
  /** null: the server makes it. */
  secret: Record<string, unknown> | null;
  /** In one account: with more, the limits of the service would keep a run for hours. Without it, any number. */
  mostOrders?: number;
  /** Lets time pass there, ms. */
  pass(ms: number): void;

  /** A new order that is open, paid and for pickup. */
  place(order: number): void;
  /** The guest writes something else in the note. */
  change(order: number, note: string): void;
  cancel(order: number): void;
  /** A cart, a draft or an unpaid order, which may become one by `place`; null: the service has none. */
  draft: ((order: number) => void) | null;
  /** As in `externalId`, after the kind. */
  idOf(order: number): string;

  /** The webhook that the service sends now of an order; an earlier one, sent again, is late. */
  delivery(order: number, source: MadeSource): Delivery;
  /** It sends a webhook again until it is answered with 2xx. */
  repeatsWebhooks: boolean;

  /** What it was asked to write to an order, oldest first. */
  said(order: number): string[];
  /** What is said of a status that must get there; null: this kind is never called. */
  completed: string | null;
  /** Its own word for the order, such as to see what a status did. */
  statusOf(order: number): string;

  /** When it was called, on the clock of `performance.now()`, ms. */
  calls(): number[];
  /** Answers the next call with this status. */
  answerNext(status: number, headers?: Record<string, string>): void;
  /** Called after each answer. */
  afterAnswer(listener: (() => void) | null): void;
  /** From now on, it knows neither key nor token. */
  revokeKey(): void;
  close(): void;
}

export interface Delivery {
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
}

/** A service's clock: the time of each change, a second after the one before. */
export function createServiceClock(start = '2026-03-01T09:00:00.000Z') {
  let at = Date.parse(start);
  function pass(ms: number): number {
    at += ms;
    return at;
  }
  return {
    /** @returns ms since 1970 */
    next: () => pass(1_000),
    pass: (ms: number) => void pass(ms),
  };
}

/** The orders of a source with this number. */
export const ordersOf = (orders: readonly Order[], { kind, idOf }: FakeService, order: number): Order[] =>
  orders.filter(({ externalId }) => externalId === `${kind}:${idOf(order)}`);
