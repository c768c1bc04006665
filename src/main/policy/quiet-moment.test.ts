import { describe, expect, it, test } from 'vitest';
import { type Busy, busyReason, type Moment } from './quiet-moment.ts';

const MINUTE = 60_000;
const QUIET: Moment = { unseen: 0, waiting: 0, untouchedMs: 10 * MINUTE, noOrderMs: 20 * MINUTE };
const BUSY: Moment = { unseen: 1, waiting: 1, untouchedMs: 10 * MINUTE - 1, noOrderMs: 20 * MINUTE - 1 };

/** All sixteen combinations of unseen order, waiting tap, touched, service. */
const TABLE: Record<string, Busy | null> = {
  '····': null,
  '···s': 'service',
  '··t·': 'touched',
  '··ts': 'touched',
  '·w··': 'tap_waiting',
  '·w·s': 'tap_waiting',
  '·wt·': 'tap_waiting',
  '·wts': 'tap_waiting',
  u···: 'unseen_order',
  u··s: 'unseen_order',
  u·t·: 'unseen_order',
  u·ts: 'unseen_order',
  uw··: 'unseen_order',
  uw·s: 'unseen_order',
  uwt·: 'unseen_order',
  uwts: 'unseen_order',
};
const FACTS = ['unseen', 'waiting', 'untouchedMs', 'noOrderMs'] as const;

describe('an update restarts the program only in a quiet moment', () => {
  it('covers every case', () => expect(Object.keys(TABLE)).toHaveLength(2 ** FACTS.length));

  test.each(Object.entries(TABLE))('%s', (marks, busy) => {
    const moment = { ...QUIET };
    FACTS.forEach((fact, i) => {
      if (marks[i] !== '·') moment[fact] = BUSY[fact];
    });
    expect(busyReason(moment)).toBe(busy);
  });

  it('never restarts a machine that does not report its idle time', () =>
    expect(busyReason({ ...QUIET, untouchedMs: 0 })).toBe('touched'));
});
