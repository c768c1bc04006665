import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

/** Time and randomness of the server's process during a run. */
export interface Machine {
  /** ms since 1970. */
  now(): number;
  after(ms: number, run: () => void): () => void;
  /** 0 ≤ x < 1 */
  random(): number;
}

let machine: Machine | null = null;
let pendingWork = 0;
const realNow = Date.now;
const realTimers = { setTimeout, clearTimeout, setInterval, clearInterval };
const realTurn = timersPromises.setImmediate;
const realPause = timersPromises.setTimeout;

/** Replaces the machine of this process; null restores the real one. */
export function runOn(next: Machine | null): void {
  machine = next;
}

/** Tracks work that needs turns of the event loop: the write queue's and Fastify's. */
export async function tracked<T>(work: Promise<T>): Promise<T> {
  pendingWork++;
  try {
    return await work;
  } finally {
    pendingWork--;
  }
}

/** Runs everything that takes no simulated time: all promises and all tracked work. */
export async function settle(): Promise<void> {
  do await realTurn();
  while (pendingWork > 0);
}

/** Replaces `Date`, timers, `Math.random` and id sources of this process permanently, so that the server runs unchanged. */
export function installMachine(): void {
  const RealDate = Date;
  class MachineDate extends RealDate {
    constructor(...parts: unknown[]) {
      super(...((parts.length ? parts : [MachineDate.now()]) as [number]));
    }
    static override now(): number {
      return machine?.now() ?? realNow();
    }
  }
  globalThis.Date = MachineDate as DateConstructor;

  const stops = new WeakMap<object, () => void>();
  const handle = (stop: () => void): object => {
    const made = { ref: () => made, unref: () => made, hasRef: () => true };
    stops.set(made, stop);
    return made;
  };
  const clear = (real: (timer: never) => void) => (timer: unknown) => {
    const stop = typeof timer === 'object' && timer !== null ? stops.get(timer) : undefined;
    if (stop) stop();
    else real(timer as never);
  };
  Object.assign(globalThis, {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      machine ? handle(machine.after(ms, () => run(...args))) : realTimers.setTimeout(run, ms, ...args),
    setInterval: (run: () => void, ms = 0) => {
      if (!machine) return realTimers.setInterval(run, ms);
      const { after } = machine;
      let stop = after(ms, function again() {
        stop = after(ms, again);
        run();
      });
      return handle(() => stop());
    },
    clearTimeout: clear(realTimers.clearTimeout),
    clearInterval: clear(realTimers.clearInterval),
  });

  const realRandom = Math.random;
  const next = (): number => machine?.random() ?? realRandom();
  Math.random = next;
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(next() * 256);
    return view;
  };
  const uuid = () => {
    const bytes = fill(Buffer.alloc(16));
    bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: fill });
  Object.assign(crypto, { randomUUID: uuid, randomBytes: (size: number) => fill(Buffer.alloc(size)) });
  Object.assign(timersPromises, {
    setImmediate: (value?: unknown) => tracked(realTurn(value)),
    setTimeout: (ms?: number, value?: unknown) =>
      new Promise((resolve) => (machine ? machine.after(ms ?? 0, () => resolve(value)) : realPause(ms).then(resolve))),
  });
  syncBuiltinESMExports();
}
