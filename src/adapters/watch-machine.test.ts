import { expect, test } from 'vitest';
import { type MachineProbe, watchMachine } from './watch-machine.ts';

function machine() {
  const state = { addresses: ['192.168.1.5'], wall: 1_000_000, monotonic: 500 };
  let look = () => {};
  let stopped = false;
  const double: MachineProbe = {
    addresses: () => state.addresses,
    wall: () => state.wall,
    monotonic: () => state.monotonic,
    every: (_, run) => {
      look = run;
      return () => {
        stopped = true;
      };
    },
  };
  const heard: string[] = [];
  const undo = watchMachine(
    { networkChanged: (online) => heard.push(online ? 'online' : 'offline'), wake: () => heard.push('wake') },
    double,
  );
  /** @param ms that both clocks go on */
  const pass = (ms: number) => {
    state.wall += ms;
    state.monotonic += ms;
    look();
  };
  return { state, heard, pass, undo, isStopped: () => stopped };
}

test('[L1] waking up is told once: the wall clock went on while the machine stood still', () => {
  const { state, heard, pass } = machine();
  pass(2_000);
  state.wall += 3_600_000;
  pass(2_000);
  pass(2_000);
  expect(heard).toEqual(['wake']);
});

test('a slow machine, and a clock that is set back, are not a sleep', () => {
  const { state, heard, pass } = machine();
  pass(60_000);
  state.wall -= 3_600_000;
  pass(2_000);
  expect(heard).toEqual([]);
});

test('[L1] a network that comes, changes or goes is told', () => {
  const { state, heard, pass } = machine();
  pass(2_000);
  state.addresses = [];
  pass(2_000);
  state.addresses = ['10.0.0.7'];
  pass(2_000);
  state.addresses = ['10.0.0.8'];
  pass(2_000);
  pass(2_000);
  expect(heard).toEqual(['offline', 'online', 'online']);
});

test('can be stopped', () => {
  const { undo, isStopped } = machine();
  undo();
  expect(isStopped()).toBe(true);
});

test('this machine can be looked at', () => {
  watchMachine({ networkChanged: () => {}, wake: () => {} })();
});
