import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { ok } from '#contract/errors.ts';
import type { Ticket } from '#contract/ticket.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { aBoard, aStatus, createManualBridge, type ManualBridge } from '../testing/manual-bridge.ts';
import { feedView, SILENT_AFTER_MS } from './feed-view.ts';
import { serverNow, shownLink } from './shown-link.ts';
import { createViewStore, type ViewStore } from './view-store.ts';

let bridge: ManualBridge;
let store: ViewStore;
let now: number;
let wall: number;
let timers: { at: number; run: () => void }[];
let frames: (() => void)[];

/** Advances the time and runs due timers in order. */
function pass(ms: number, slept = 0): void {
  const end = now + ms;
  wall += slept;
  for (;;) {
    const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    wall += next.at - now;
    now = next.at;
    timers = timers.filter((timer) => timer !== next);
    next.run();
  }
  wall += end - now;
  now = end;
}

function paint(): void {
  for (const run of frames.splice(0)) run();
}

const call = (name: string) => {
  const found = bridge.waiting.find((waiting) => waiting.name === name);
  if (!found) throw new Error(`nobody asked for ${name}`);
  return found;
};
const asked = (name: string) => bridge.waiting.filter((waiting) => waiting.name === name).length;
const shown = () => [...store.getState().board.tickets.keys()];

function begin(): void {
  bridge = createManualBridge();
  store = createViewStore();
  now = 0;
  wall = 1e12;
  timers = [];
  frames = [];
  feedView(store, bridge, {
    now: () => now,
    wall: () => wall,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((t) => t !== timer);
      };
    },
    frame: (run) => {
      frames.push(run);
      return () => {
        frames = frames.filter((other) => other !== run);
      };
    },
  });
}
beforeEach(begin);

test('fetches the status and the whole board when the carrier comes up', async () => {
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(3, [aTicket({ id: 'a' })])));
  await call('getStatus').answer(ok(aStatus()));
  paint();
  expect(shown()).toEqual(['a']);
  expect(store.getState().status?.deviceName).toBe('Pass');
});

test('applies patches in sequence; a gap fetches the whole board once and keeps patches that arrive meanwhile', async () => {
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(1)));
  bridge.push('board', { n: 2, upserts: [aTicket({ id: 'a' })], removes: [] });
  paint();
  expect(shown()).toEqual(['a']);

  bridge.push('board', { n: 4, upserts: [aTicket({ id: 'c' })], removes: [] });
  paint();
  bridge.push('board', { n: 5, upserts: [aTicket({ id: 'd' })], removes: [] });
  paint();
  expect(asked('getBoard')).toBe(1);
  expect(shown()).toEqual(['a']);
  await call('getBoard').answer(ok(aBoard(4, [aTicket({ id: 'a' }), aTicket({ id: 'b' }), aTicket({ id: 'c' })])));
  expect(shown()).toEqual(['a', 'b', 'c', 'd']);
  expect(store.getState().board.n).toBe(5);
  expect(asked('getBoard')).toBe(0);
});

test('fetches the board again if it is older than the patches that arrived meanwhile', async () => {
  bridge.carrier(true);
  bridge.push('board', { n: 9, upserts: [], removes: [] });
  paint();
  await call('getBoard').answer(ok(aBoard(4)));
  expect(asked('getBoard')).toBe(1);
  await call('getBoard').answer(ok(aBoard(9, [aTicket({ id: 'z' })])));
  expect(shown()).toEqual(['z']);
});

test('follows a restarted host, whose numbers start over', async () => {
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(812, [aTicket({ id: 'old' })])));
  bridge.carrier(false);
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(1, [aTicket({ id: 'new' })])));
  bridge.push('board', { n: 2, upserts: [aTicket({ id: 'next' })], removes: [] });
  paint();
  expect(shown()).toEqual(['new', 'next']);
});

test('fetches a board again that failed to load', async () => {
  bridge.carrier(true);
  await call('getBoard').answer({ ok: false, error: { code: 'unavailable', message: '' } });
  expect(asked('getBoard')).toBe(0);
  pass(1_000);
  await call('getBoard').answer(ok(aBoard(1, [aTicket({ id: 'a' })])));
  expect(shown()).toEqual(['a']);
});

test('fetches the board until the cache is read', async () => {
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(0, [], false)));
  expect(store.getState().board.loaded).toBe(false);
  pass(1_000);
  await call('getBoard').answer(ok(aBoard(0, [aTicket({ id: 'a' })])));
  expect(store.getState().board.loaded).toBe(true);
});

test('[L1] the link is not live without a carrier, whatever the last status', () => {
  bridge.carrier(true);
  bridge.push('status', aStatus());
  paint();
  expect(shownLink(store.getState()).state).toBe('live');
  bridge.carrier(false);
  expect(shownLink(store.getState())).toMatchObject({ state: 'offline', cause: 'host', lastWordAt: 1_000 });
  bridge.carrier(true);
  expect(shownLink(store.getState()).state).toBe('live');
});

test('[L1] the link is not live after 12 s without a status, until the next one', () => {
  bridge.carrier(true);
  bridge.push('status', aStatus());
  pass(SILENT_AFTER_MS - 1_000);
  expect(shownLink(store.getState()).state).toBe('live');
  pass(2_000);
  expect(shownLink(store.getState())).toMatchObject({ state: 'offline', cause: 'host' });
  bridge.push('status', aStatus());
  paint();
  expect(shownLink(store.getState()).state).toBe('live');
});

test('before the first status the link is unknown, and then offline because of the host', () => {
  expect(shownLink(store.getState())).toMatchObject({ state: 'unknown', lastWordAt: null });
  pass(5_000);
  expect(shownLink(store.getState())).toMatchObject({ state: 'offline', cause: 'host' });
});

test('fetches the status at once after sleep', () => {
  bridge.carrier(true);
  bridge.push('status', aStatus());
  paint();
  bridge.waiting.length = 0;
  pass(3_000);
  expect(asked('getStatus')).toBe(0);
  pass(1_000, 3_600_000);
  expect(asked('getStatus')).toBe(1);
});

test('[L3] server time advances by the monotonic clock, not by the wall clock', () => {
  bridge.push('status', aStatus({ serverNow: 50_000 }));
  paint();
  pass(2_000, 7_200_000);
  expect(serverNow(store.getState(), now)).toBe(52_000);
});

test('what arrives between two paints is shown in the second, at once and in its order', async () => {
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(1, [aTicket({ id: 'a' })])));
  await call('getStatus').answer(ok(aStatus()));
  paint();
  const seen: string[] = [];
  store.subscribe(({ board, status }) => seen.push(`${[...board.tickets.keys()]} ${status?.queueCount}`));
  bridge.push('board', { n: 2, upserts: [aTicket({ id: 'b' })], removes: ['a'] });
  bridge.push('status', aStatus({ queueCount: 1 }));
  bridge.push('board', { n: 3, upserts: [aTicket({ id: 'a' })], removes: [] });
  bridge.push('status', aStatus({ queueCount: 2 }));
  expect(frames).toHaveLength(1);
  expect(seen).toEqual([]);
  paint();
  expect(seen).toEqual(['b,a 2']);
});

test('[L3] a status counts from when it arrived, not from when it was shown', () => {
  bridge.push('status', aStatus({ serverNow: 50_000 }));
  now += 80;
  paint();
  expect(serverNow(store.getState(), now)).toBe(50_080);
});

test('[L1] a status that has arrived and is not shown yet is not silence', () => {
  bridge.carrier(true);
  bridge.push('status', aStatus());
  paint();
  pass(SILENT_AFTER_MS - 500);
  const links: string[] = [];
  store.subscribe((view) => links.push(shownLink(view).state));
  bridge.push('status', aStatus());
  pass(2_000);
  expect(new Set(links)).toEqual(new Set(['live']));
});

test('what arrived before the carrier went is shown; a host that comes back starts over', async () => {
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(1)));
  bridge.push('board', { n: 2, upserts: [aTicket({ id: 'a' })], removes: [] });
  bridge.carrier(false);
  expect(shown()).toEqual(['a']);
  bridge.push('board', { n: 3, upserts: [aTicket({ id: 'late' })], removes: [] });
  bridge.carrier(true);
  await call('getBoard').answer(ok(aBoard(2, [aTicket({ id: 'new' })])));
  paint();
  expect(shown()).toEqual(['new']);
});

type Step = 'change' | 'lose' | 'paint' | 'answer';

test('whenever it paints, and whatever is lost, the board is one that the host had, and in the end the last', async () => {
  const steps = fc.array(fc.constantFrom<Step>('change', 'change', 'change', 'lose', 'paint', 'paint', 'answer'));
  const property = fc.asyncProperty(steps, fc.infiniteStream(fc.nat(5)), async (wanted, ids) => {
    begin();
    const host = new Map<string, Ticket>();
    const had = [''];
    const asText = (tickets: ReadonlyMap<string, Ticket>) =>
      JSON.stringify([...tickets].map(([id, { order }]) => [id, order.version]).sort());
    had[0] = asText(host);
    const change = (isLost: boolean) => {
      const id = `o${ids.next().value}`;
      const ticket = aTicket({ id, version: had.length });
      const removes = host.delete(id) ? [id] : [];
      if (removes.length === 0) host.set(id, ticket);
      had.push(asText(host));
      const upserts = removes.length === 0 ? [ticket] : [];
      if (!isLost) bridge.push('board', { n: had.length - 1, upserts, removes });
    };
    const answer = () =>
      bridge.waiting.find(({ name }) => name === 'getBoard')?.answer(ok(aBoard(had.length - 1, [...host.values()])));
    store.subscribe(({ board }) => {
      if (board.n !== null) expect(asText(board.tickets)).toBe(had[board.n]);
    });
    bridge.carrier(true);
    for (const step of wanted) {
      if (step === 'paint') paint();
      else if (step === 'answer') await answer();
      else change(step === 'lose');
    }
    change(false);
    paint();
    await answer();
    expect(asText(store.getState().board.tickets)).toBe(had.at(-1));
  });
  await fc.assert(property, { numRuns: 60 });
});
