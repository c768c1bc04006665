import { networkInterfaces } from 'node:os';
import type { Undo } from '#contract/bridge.ts';

/** How often is looked, ms. */
const LOOK_MS = 2_000;
/** The wall clock ran this much further than the machine's own between two looks: it slept, or somebody set the clock. */
const SLEPT_MS = 10_000;

export interface MachineListener {
  /** The addresses of this machine changed; `online`: it has one that others could reach. */
  networkChanged(online: boolean): void;
  wake(): void;
}

/** What can be asked of the machine; tests pass their own. */
export interface MachineProbe {
  /** Addresses that reach further than this machine. */
  addresses(): string[];
  /** ms; goes on during sleep. */
  wall(): number;
  /** ms; stands still, or goes on alone, but is never set. */
  monotonic(): number;
  /** @returns its undo */
  every(ms: number, look: () => void): Undo;
}

/**
 * Tells of network changes and of waking up, in plain Node. Both are hints that make the link try at once instead of
 * after its back-off; a false one costs a new socket, a missed one a few seconds.
 */
export function watchMachine(listener: MachineListener, machine: MachineProbe = THIS_MACHINE): Undo {
  let addresses = machine.addresses().join();
  let drift = machine.wall() - machine.monotonic();
  return machine.every(LOOK_MS, () => {
    const driftNow = machine.wall() - machine.monotonic();
    if (driftNow - drift > SLEPT_MS) listener.wake();
    drift = driftNow;

    const addressesNow = machine.addresses().join();
    if (addressesNow !== addresses) listener.networkChanged(addressesNow !== '');
    addresses = addressesNow;
  });
}

const THIS_MACHINE: MachineProbe = {
  addresses: () =>
    Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/.test(address))
      .map(({ address }) => address)
      .sort(),
  wall: Date.now,
  monotonic: () => performance.now(),
  every(ms, look) {
    const timer = setInterval(look, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
