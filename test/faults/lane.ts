import type { Socket } from 'node:net';
import type { LaneConditions } from './network-conditions.ts';

/** Bytes that a lane buffers before it pauses its source, about as many as a real network. */
const WINDOW_BYTES = 256 * 1024;
/** With a limited rate, each write carries this many ms of data. */
const SLICE_MS = 50;

/** One direction of one connection. */
export interface Lane {
  /** Call when the conditions have changed. */
  update(): void;
  /** Whatever the conditions, nothing passes any more: this direction of the connection is dead. */
  lose(): void;
  close(): void;
}

export interface LaneOptions {
  from: Socket;
  to: Socket;
  conditions(): LaneConditions;
  /** 0 ≤ x < 1; for jitter only. */
  random(): number;
  /** How many of the next bytes may pass. If fewer than asked for, the rest never does. */
  admit(count: number): number;
  /** Called at the end of the stream. A `fin` has been passed on; a `reset` ends the whole connection. */
  ended(how: 'fin' | 'reset'): void;
}

type Waiting = { bytes: Buffer; due: number } | { end: 'fin' | 'reset'; due: number };

/** Relays one socket to another, in order, as the conditions allow. `first`: bytes read before. */
export function createLane({ from, to, conditions, random, admit, ended }: LaneOptions, first: Buffer): Lane {
  let queue: Waiting[] = [];
  let held = 0;
  let lost = false;
  let closed = false;
  let lastDue = 0;
  /** When the rate lets the next slice pass. */
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function add(item: { bytes: Buffer } | { end: 'fin' | 'reset' }): void {
    const { latencyMs, jitterMs, flow } = conditions();
    if (flow === 'lose') lose();
    if (lost || closed) return;
    lastDue = Math.max(lastDue, performance.now() + latencyMs + random() * jitterMs);
    queue.push({ ...item, due: lastDue });
    if ('bytes' in item) held += item.bytes.length;
    if (held > WINDOW_BYTES) from.pause();
    update();
  }

  function update(): void {
    clearTimeout(timer);
    const { flow, bytesPerSecond } = conditions();
    if (flow === 'lose') lose();
    if (flow !== 'pass') return;
    while (!closed) {
      const next = queue[0];
      if (!next) return;
      const wait = Math.max(next.due, freeAt) - performance.now();
      if (wait > 0) {
        timer = setTimeout(update, wait);
        return;
      }
      if ('end' in next) {
        finish(next.end);
        return;
      }
      const slice = Math.min(next.bytes.length, Math.max(1, Math.round((bytesPerSecond * SLICE_MS) / 1_000)));
      freeAt = performance.now() + (slice / bytesPerSecond) * 1_000;
      pass(next.bytes.subarray(0, slice));
      if (slice === next.bytes.length) queue.shift();
      else next.bytes = next.bytes.subarray(slice);
      held -= slice;
      if (held <= WINDOW_BYTES) from.resume();
    }
  }

  function pass(bytes: Buffer): void {
    const allowed = admit(bytes.length);
    if (allowed > 0) to.write(bytes.subarray(0, allowed));
    if (allowed < bytes.length) lose();
  }

  function finish(how: 'fin' | 'reset'): void {
    closed = true;
    if (how === 'fin') to.end();
    ended(how);
  }

  function lose(): void {
    lost = true;
    queue = [];
    held = 0;
    // Keep reading lost data, so that the sender does not block.
    from.resume();
  }

  from.on('data', (bytes: Buffer) => add({ bytes }));
  from.on('end', () => add({ end: 'fin' }));
  from.on('error', () => add({ end: 'reset' }));
  if (first.length > 0) add({ bytes: first });

  return {
    update,
    lose,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
