import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { MOST_IN_MESSAGE, type NodeMessage, type SharedHint } from './node-message.ts';

/** Shortest time between two messages, ms. */
const PAUSE_MS = 5;
/** Most hints, and most keys, that wait. More are dropped. */
const MOST_WAITING = 20_000;

/** What the other nodes are to hear. Adding to it takes no time, whatever the network does. */
export interface Outbox {
  hint(hint: SharedHint): void;
  displays(): void;
  taken(key: string, count: number): void;
}

/**
 * One message is under way at a time; what is said meanwhile goes with the next one, once.
 *
 * @param send never rejects
 */
export function createOutbox(send: (message: NodeMessage) => Promise<unknown>): Outbox {
  const hints = new Map<string, SharedHint>();
  const taken = new Map<string, number>();
  let displays = false;
  let isSending = false;

  async function sendAll(): Promise<void> {
    isSending = true;
    // What is said in the same turn of the event loop goes together.
    await nextTurn();
    while (hints.size > 0 || taken.size > 0 || displays) {
      const message = { hints: take(hints).map(([, hint]) => hint), displays, taken: take(taken) };
      displays = false;
      await send(message);
      await pause(PAUSE_MS, undefined, { ref: false });
    }
    isSending = false;
  }

  function start(): void {
    if (!isSending) void sendAll();
  }

  return {
    hint(hint) {
      const key = keyOf(hint);
      if (hints.size >= MOST_WAITING && !hints.has(key)) return;
      hints.set(key, hint);
      start();
    },
    displays() {
      displays = true;
      start();
    },
    taken(key, count) {
      const before = taken.get(key);
      if (before === undefined && taken.size >= MOST_WAITING) return;
      taken.set(key, (before ?? 0) + count);
      start();
    },
  };
}

/** Hints with the same key say the same; of two heads the later one counts. */
function keyOf(hint: SharedHint): string {
  switch (hint.kind) {
    case 'revoked':
      return `revoked ${hint.deviceId}`;
    case 'escalation':
      return `escalation ${hint.id}`;
    default:
      return `${hint.kind} ${hint.storeId}`;
  }
}

/** Removes the oldest entries. */
function take<T>(from: Map<string, T>): [string, T][] {
  const some = [...from].slice(0, MOST_IN_MESSAGE);
  for (const [key] of some) from.delete(key);
  return some;
}
