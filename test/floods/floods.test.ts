import { expect, it } from 'vitest';
import { ATTACKS } from './attacks.ts';
import { runFloods } from './run-floods.ts';

it.runIf(process.platform === 'linux')(
  'a short attack reaches the server, and others are served',
  async () => {
    const attacks = ATTACKS.filter(({ name }) => name === 'searches');
    for await (const { counts, sentBytes, floodP99, floodMemory, faults } of runFloods({
      ...{ seconds: 1, orders: 10, restMs: 0, attacks },
    })) {
      expect(counts['200']).toBeGreaterThan(0);
      for (const measured of [sentBytes, floodP99, floodMemory]) expect(measured).toBeGreaterThan(0);
      // Times and memory of one second say nothing.
      expect(faults.filter((fault) => !/times/.test(fault))).toEqual([]);
    }
    expect.assertions(5);
  },
  60_000,
);
