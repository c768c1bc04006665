import { describe, expect, it } from 'vitest';
import {
  FULFILMENTS,
  type Fulfilment,
  isOpen,
  isRinging,
  LEGACY_STATUSES,
  type Move,
  moveOf,
  nextStatus,
  previousStatus,
  recallIsOpen,
  STATUS_WORDS,
  STATUSES,
  type Status,
  statusOfWord,
} from './status.ts';

/**
 * The table of contract section 4, written a second time in another form, so that a mistake in one is caught by the
 * other. Columns are in the order of STATUSES; `=` same, `>` forward, `<` recall, `x` end, `.` not allowed.
 */
const MARKS: Record<string, Move> = { '=': 'same', '>': 'forward', '<': 'recall', x: 'end', '.': 'no' };
const TAKEN_AWAY: Record<Status, string> = {
  //           pen pre rea del com rej can
  pending: '    =   >   .   .   .   x   x',
  preparing: '  <   =   >   .   .   .   x',
  ready: '      .   <   =   .   >   .   x',
  delivering: ' .   .   <   =   >   .   x',
  completed: '  .   .   <   .   =   .   .',
  rejected: '   .   .   .   .   .   =   .',
  cancelled: '  .   .   .   .   .   .   =',
};
const DELIVERED: Record<Status, string> = {
  ...TAKEN_AWAY,
  ready: '      .   <   =   >   .   .   x',
  completed: '  .   .   .   <   =   .   .',
};
const TABLES: Record<Fulfilment, Record<Status, string>> = {
  pickup: TAKEN_AWAY,
  dine_in: TAKEN_AWAY,
  booking: TAKEN_AWAY,
  delivery: DELIVERED,
};

const cells = FULFILMENTS.flatMap((fulfilment) =>
  STATUSES.flatMap((from) => {
    const marks = TABLES[fulfilment][from].trim().split(/\s+/);
    return STATUSES.map((to, i) => ({ fulfilment, from, to, move: MARKS[marks[i] ?? ''] }));
  }),
);

describe('[section 4] the status table', () => {
  it('has a tested answer for each of the 4 × 7 × 7 cells', () => {
    expect(cells).toHaveLength(196);
    expect(cells.filter(({ move }) => move === undefined)).toEqual([]);
  });

  it.each(cells)('$fulfilment: $from → $to is "$move"', ({ fulfilment, from, to, move }) => {
    expect(moveOf(from, to, fulfilment)).toBe(move);
  });

  it('offers at most one next step and one step back, so that one button each is enough', () => {
    for (const fulfilment of FULFILMENTS)
      for (const from of STATUSES) {
        const moves = STATUSES.map((to) => moveOf(from, to, fulfilment));
        expect(moves.filter((move) => move === 'forward').length, `${fulfilment} ${from}`).toBeLessThanOrEqual(1);
        expect(moves.filter((move) => move === 'recall').length, `${fulfilment} ${from}`).toBeLessThanOrEqual(1);
      }
  });
});

describe('the buttons of a ticket', () => {
  it('bump a pickup from pending to completed in three steps', () => {
    expect(walk('pending', 'pickup')).toEqual(['pending', 'preparing', 'ready', 'completed']);
  });
  it('bump a delivery through delivering', () => {
    expect(walk('pending', 'delivery')).toEqual(['pending', 'preparing', 'ready', 'delivering', 'completed']);
  });
  it('recall a completed delivery to delivering, any other to ready', () => {
    expect(previousStatus('completed', 'delivery')).toBe('delivering');
    expect(previousStatus('completed', 'pickup')).toBe('ready');
    expect(previousStatus('completed', 'dine_in')).toBe('ready');
    expect(previousStatus('completed', 'booking')).toBe('ready');
  });
  it('offer no recall to pending', () => {
    expect(previousStatus('preparing', 'pickup')).toBeNull();
  });
  it('do nothing for a rejected or cancelled order', () => {
    for (const fulfilment of FULFILMENTS)
      for (const end of ['rejected', 'cancelled'] as const)
        expect([nextStatus(end, fulfilment), previousStatus(end, fulfilment)]).toEqual([null, null]);
  });

  function walk(from: Status, fulfilment: Fulfilment): Status[] {
    const next = nextStatus(from, fulfilment);
    return next ? [from, ...walk(next, fulfilment)] : [from];
  }
});

describe.each([
  ['completed', 60 * 60_000],
  ['preparing', 60_000],
] as const)('[section 4] an order can be recalled from %s within %i ms of statusSince', (status, windowMs) => {
  const since = '2026-11-21T10:00:00.000Z';
  const at = (ms: number) => recallIsOpen(status, since, Date.parse(since) + ms);
  it('at once, and up to the last millisecond', () => {
    expect([at(0), at(windowMs)]).toEqual([true, true]);
  });
  it('not a millisecond later', () => expect(at(windowMs + 1)).toBe(false));
  it('also when the caller’s clock runs behind', () => expect(at(-60_000)).toBe(true));
  it('from any other status without limit', () => {
    expect(recallIsOpen('ready', since, Date.parse(since) + 48 * 3_600_000)).toBe(true);
  });
});

it('counts an order as open until it is completed, rejected or cancelled', () => {
  expect(STATUSES.filter(isOpen)).toEqual(['pending', 'preparing', 'ready', 'delivering']);
});

it.each(STATUSES)('[A1] an order that is %s rings only if pending and not acknowledged', (status) => {
  expect(isRinging({ status, acknowledgedAt: null })).toBe(status === 'pending');
  expect(isRinging({ status, acknowledgedAt: '2026-11-21T10:00:00.000Z' })).toBe(false);
});

describe('[section 4] legacy status names', () => {
  it('are accepted as input', () => {
    expect(LEGACY_STATUSES).toEqual({
      new: 'pending',
      confirmed: 'preparing',
      processing: 'preparing',
      shipped: 'delivering',
      delivered: 'completed',
      canceled: 'cancelled',
    });
  });
  it('all map to a current status', () => {
    expect(STATUS_WORDS).toHaveLength(STATUSES.length + 6);
    for (const word of STATUS_WORDS) expect(STATUSES).toContain(statusOfWord(word));
    for (const status of STATUSES) expect(statusOfWord(status)).toBe(status);
  });
});
