import { describe, expect, it } from 'vitest';
import { LINK_CAUSES, type LinkState } from '#contract/link.ts';
import { type LinkFacts, linkCause, linkState } from './link-state.ts';

const NOW = 100_000;
const BEATS = { none: null, fresh: NOW - 12_000, old: NOW - 12_001 };
const POLLS = { none: null, good: NOW, over: NOW - 1 };

/** Every combination of the facts that rule L1 uses: six columns, no cell left out. */
const ROWS = ([null, 'revoked', 'protocol'] as const).flatMap((stopped) =>
  [false, true].flatMap((tried) =>
    (['none', 'fresh', 'old'] as const).flatMap((beat) =>
      [false, true].flatMap((atHead) =>
        (['none', 'good', 'over'] as const).flatMap((poll) =>
          [0, 1, 2, 50].map((failedTries) => ({ stopped, tried, beat, atHead, poll, failedTries })),
        ),
      ),
    ),
  ),
);
type Row = (typeof ROWS)[number];

/** Rule L1, implemented independently: the first state whose condition holds. */
const SENTENCE: [LinkState, (row: Row) => boolean][] = [
  ['stopped', (row) => row.stopped !== null],
  ['unknown', (row) => !row.tried],
  ['live', (row) => row.beat === 'fresh' && row.atHead],
  ['catching_up', (row) => row.beat === 'fresh'],
  ['polling', (row) => row.poll === 'good'],
  ['connecting', (row) => row.failedTries < 2],
  ['offline', () => true],
];

function factsOf({ stopped, tried, beat, atHead, poll, failedTries }: Row): LinkFacts {
  return {
    stopped,
    tried,
    lastBeat: BEATS[beat],
    atHead,
    polledUntil: POLLS[poll],
    failedTries,
    networkDown: false,
    failure: 'server_away',
  };
}

describe('[L1] the state of the link', () => {
  it(`is the first whose condition holds, in all ${ROWS.length} combinations`, () => {
    for (const row of ROWS) {
      const expected = SENTENCE.find(([, holds]) => holds(row))?.[0];
      expect(linkState(factsOf(row), NOW), JSON.stringify(row)).toBe(expected);
    }
  });

  it('is never live without a beat within 12 s and the cursor at the head', () => {
    const live = ROWS.filter((row) => linkState(factsOf(row), NOW) === 'live');
    expect(live.length).toBeGreaterThan(0);
    expect(live.every((row) => row.beat === 'fresh' && row.atHead)).toBe(true);
  });
});

describe('the cause', () => {
  const facts = factsOf({ stopped: null, tried: true, beat: 'none', atHead: false, poll: 'none', failedTries: 3 });
  it.each([
    ['stopped', { stopped: 'revoked' }, 'revoked'],
    ['stopped', { stopped: 'protocol', networkDown: true }, 'protocol'],
    ['unknown', {}, null],
    ['live', {}, null],
    ['catching_up', { failure: null }, null],
    ['catching_up', { failure: 'server_error' }, 'server_error'],
    ['polling', {}, 'server_away'],
    ['connecting', {}, 'server_away'],
    ['connecting', { failure: null }, null],
    ['offline', { failure: 'rate_limited' }, 'rate_limited'],
    ['offline', { networkDown: true }, 'no_network'],
    ['polling', { networkDown: true }, 'no_network'],
  ] as const)('of %s with %o is %s', (state, over, cause) => {
    expect(linkCause({ ...facts, ...over }, state)).toBe(cause);
    if (cause) expect(LINK_CAUSES).toContain(cause);
  });
});
