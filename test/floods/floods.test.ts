import { expect, it } from 'vitest';
import { ATTACKS } from './attacks.ts';
import { runFloods } from './run-floods.ts';

it.runIf(process.platform === 'linux')(
  'two short attacks reach the server, and others are served',
  async () => {
    const attacks = ATTACKS.filter(({ name }) => name === 'refused handshakes' || name === 'searches');
    const floods = [];
    for await (const one of runFloods({ seconds: 1, orders: 10, restMs: 0, attacks })) floods.push(one);
    const [handshakes, searches] = floods;
    expect(handshakes?.counts.connected).toBeGreaterThan(0);
    expect(searches?.counts['200']).toBeGreaterThan(0);
    for (const { sentBytes, floodP99, floodMemory, faults } of floods) {
      for (const measured of [sentBytes, floodP99, floodMemory]) expect(measured).toBeGreaterThan(0);
      // Times and memory of one second say nothing.
      expect(faults.filter((fault) => !/times/.test(fault))).toEqual([]);
    }
  },
  60_000,
);
