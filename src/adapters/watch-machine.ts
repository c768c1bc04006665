import { networkInterfaces } from 'node:os';
import type { Undo } from '#contract/bridge.ts';

/** The polling interval, ms. */
const POLL_MS = 2_000;
/** If the wall clock gains this much on the monotonic one between two polls, the machine slept or its clock was set, ms. */
const SLEPT_MS = 10_000;

export interface MachineListener {
  /** The addresses of this machine changed; `online`: it has one that other machines can reach. */
  networkChanged(online: boolean): void;
  wake(): void;
}

/** Reads the machine's state; tests pass a fake. */
export interface MachineProbe {
  /** Addresses other than loopback and link-local; null if the system does not say, for example without free files. */
  addresses(): string[] | null;
  /** ms; advances during sleep. */
  wall(): number;
  /** ms; may stop during sleep, but is never set. */
  monotonic(): number;
  /** @returns its undo */
  every(ms: number, poll: () => void): Undo;
}

/**
 * Reports network changes and wake-ups, in plain Node. Both are hints that make the link reconnect at once instead of after
 * its back-off. A false one costs a new socket, a missed one a few seconds.
 */
export function watchMachine(listener: MachineListener, machine: MachineProbe = THIS_MACHINE): Undo {
  let addresses = machine.addresses()?.join();
  let drift = machine.wall() - machine.monotonic();
  return machine.every(POLL_MS, () => {
    const driftNow = machine.wall() - machine.monotonic();
    if (driftNow - drift > SLEPT_MS) listener.wake();
    drift = driftNow;

    const addressesNow = machine.addresses()?.join();
    if (addressesNow === undefined) return;
    if (addresses !== undefined && addressesNow !== addresses) listener.networkChanged(addressesNow !== '');
    addresses = addressesNow;
  });
}

const THIS_MACHINE: MachineProbe = {
  addresses() {
    try {
      return Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/.test(address))
        .map(({ address }) => address)
        .sort();
    } catch {
      return null;
    }
  },
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  every(ms, poll) {
    const timer = setInterval(poll, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
