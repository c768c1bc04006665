import type { Socket } from 'node:net';
import type { LaneWeather } from './weather.ts';

/** What waits in one lane before its source is asked to stop; a real network holds about as much. */
const WINDOW_BYTES = 256 * 1024;
/** A drip is written in slices of this long, ms. */
const SLICE_MS = 50;

/** One direction of one connection. */
export interface Lane {
  /** The weather has changed. */
  look(): void;
  /** Nothing passes any more, whatever the weather: this connection is dead in this direction. */
  lose(): void;
  close(): void;
}

export interface LaneOptions {
  from: Socket;
  to: Socket;
  weather(): LaneWeather;
  /** 0 ≤ x < 1; jitter only. */
  random(): number;
  /** Asked before bytes are written: how many of them may pass. Fewer than asked for: the rest never does. */
  admit(count: number): number;
  /** Its end has come through. A `fin` has been passed on; a `reset` is of the connection as a whole. */
  ended(how: 'fin' | 'reset'): void;
}

type Waiting = { bytes: Buffer; due: number } | { end: 'fin' | 'reset'; due: number };

/** Carries what one socket says to another, in order, as the weather allows. `first`: what was read before. */
export function createLane({ from, to, weather, random, admit, ended }: LaneOptions, first: Buffer): Lane {
  let queue: Waiting[] = [];
  let held = 0;
  let lost = false;
  let closed = false;
  let lastDue = 0;
  /** When the drip lets the next slice pass. */
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function add(item: { bytes: Buffer } | { end: 'fin' | 'reset' }): void {
    const { latencyMs, jitterMs, flow } = weather();
    if (flow === 'lose') lose();
    if (lost || closed) return;
    lastDue = Math.max(lastDue, performance.now() + latencyMs + random() * jitterMs);
    queue.push({ ...item, due: lastDue });
    if ('bytes' in item) held += item.bytes.length;
    if (held > WINDOW_BYTES) from.pause();
    look();
  }

  function look(): void {
    clearTimeout(timer);
    const { flow, bytesPerSecond } = weather();
    if (flow === 'lose') lose();
    if (flow !== 'pass') return;
    while (!closed) {
      const next = queue[0];
      if (!next) return;
      const wait = Math.max(next.due, freeAt) - performance.now();
      if (wait > 0) {
        timer = setTimeout(look, wait);
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
    // What is lost must not block the sender's side: it goes on talking into nothing.
    from.resume();
  }

  from.on('data', (bytes: Buffer) => add({ bytes }));
  from.on('end', () => add({ end: 'fin' }));
  from.on('error', () => add({ end: 'reset' }));
  if (first.length > 0) add({ bytes: first });

  return {
    look,
    lose,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
