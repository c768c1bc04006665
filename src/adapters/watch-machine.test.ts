import { expect, test } from 'vitest';
import { type MachineProbe, watchMachine } from './watch-machine.ts';

function machine() {
  const state = { addresses: ['192.168.1.5'] as string[] | null, wall: 1_000_000, monotonic: 500 };
  let poll = () => {};
  let stopped = false;
  const fake: MachineProbe = {
    addresses: () => state.addresses,
    wall: () => state.wall,
    monotonic: () => state.monotonic,
    every: (_, run) => {
      poll = run;
      return () => {
        stopped = true;
      };
    },
  };
  const calls: string[] = [];
  const undo = watchMachine(
    { networkChanged: (online) => calls.push(online ? 'online' : 'offline'), wake: () => calls.push('wake') },
    fake,
  );
  /** @param ms by which both clocks advance */
  const pass = (ms: number) => {
    state.wall += ms;
    state.monotonic += ms;
    poll();
  };
  return { state, calls, pass, undo, isStopped: () => stopped };
}

test('takes a system that does not say its addresses for no change', () => {
  const { state, calls, pass } = machine();
  state.addresses = null;
  pass(2_000);
  state.addresses = ['192.168.1.5'];
  pass(2_000);
  state.addresses = [];
  pass(2_000);
  expect(calls).toEqual(['offline']);
});

test('[L1] reports one wake-up when the wall clock advanced and the monotonic one did not', () => {
  const { state, calls, pass } = machine();
  pass(2_000);
  state.wall += 3_600_000;
  pass(2_000);
  pass(2_000);
  expect(calls).toEqual(['wake']);
});

test('takes neither a slow machine nor a clock that is set back for a sleep', () => {
  const { state, calls, pass } = machine();
  pass(60_000);
  state.wall -= 3_600_000;
  pass(2_000);
  expect(calls).toEqual([]);
});

test('[L1] reports a network that comes, changes or goes', () => {
  const { state, calls, pass } = machine();
  pass(2_000);
  state.addresses = [];
  pass(2_000);
  state.addresses = ['10.0.0.7'];
  pass(2_000);
  state.addresses = ['10.0.0.8'];
  pass(2_000);
  pass(2_000);
  expect(calls).toEqual(['offline', 'online', 'online']);
});

test('can be stopped', () => {
  const { undo, isStopped } = machine();
  undo();
  expect(isStopped()).toBe(true);
});

test('reads this machine’s addresses and clocks', () => {
  watchMachine({ networkChanged: () => {}, wake: () => {} })();
});
