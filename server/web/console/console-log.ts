import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the console shows beside the orders. */
export interface ConsoleLog {
  /** Newest first. */
  events: readonly LoggedEvent[];
  calls: readonly LoggedCall[];
}
export interface LoggedEvent {
  id: number;
  /** Name of the event; `up` and `down` are of the connection. */
  name: string;
  /** ms. */
  at: number;
  payload: unknown;
}
export interface LoggedCall {
  id: number;
  curl: string;
  /** HTTP status or why there is none. */
  answer: string;
}
export type ConsoleLogStore = StoreApi<ConsoleLog>;

/** A page that is left open must not grow without end. */
const MOST_EVENTS = 300;
const MOST_CALLS = 50;

export const createConsoleLog = (): ConsoleLogStore => createStore<ConsoleLog>(() => ({ events: [], calls: [] }));

let last = 0;
export function logEvent(log: ConsoleLogStore, name: string, payload: unknown): void {
  last += 1;
  const event = { id: last, name, at: Date.now(), payload };
  log.setState(({ events }) => ({ events: [event, ...events].slice(0, MOST_EVENTS) }));
}

export function logCall(log: ConsoleLogStore, curl: string, answer: string): void {
  last += 1;
  const call = { id: last, curl, answer };
  log.setState(({ calls }) => ({ calls: [call, ...calls].slice(0, MOST_CALLS) }));
}
