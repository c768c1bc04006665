import { expect, test } from 'vitest';
import { createPageOutbox } from './page-outbox.ts';

const patch = (n: number) => ({ n, upserts: [], removes: [] });

function page() {
  const sent: [string, unknown][] = [];
  const state = { writable: true };
  const outbox = createPageOutbox({
    writable: () => state.writable,
    send: (name, payload) => sent.push([name, payload]),
  });
  return { sent, state, outbox };
}

test('sends everything at once, in order, to a page that keeps up', () => {
  const { sent, outbox } = page();
  outbox.push('board', patch(1));
  outbox.push('notice', 'a');
  outbox.push('goTo', { to: 'settings' });
  outbox.push('board', patch(2));
  expect(sent).toEqual([
    ['board', patch(1)],
    ['notice', 'a'],
    ['goTo', { to: 'settings' }],
    ['board', patch(2)],
  ]);
});

test('keeps every patch and only the newest status for a briefly slow page', () => {
  const { sent, state, outbox } = page();
  state.writable = false;
  for (const n of [1, 2, 3]) {
    outbox.push('board', patch(n));
    outbox.push('status', `status ${n}`);
  }
  expect(sent).toEqual([]);
  state.writable = true;
  outbox.drained();
  expect(sent).toEqual([
    ['board', patch(1)],
    ['board', patch(2)],
    ['board', patch(3)],
    ['status', 'status 3'],
  ]);
});

test('keeps a bounded number of pushes for a page that does not read; the patch numbers show the gap', () => {
  const { sent, state, outbox } = page();
  state.writable = false;
  for (let n = 1; n <= 10_000; n++) {
    outbox.push('board', patch(n));
    outbox.push('notice', n);
  }
  state.writable = true;
  outbox.drained();
  expect(sent.length).toBeLessThanOrEqual(80);
  expect(sent.filter(([name]) => name === 'board').at(-1)).toEqual(['board', patch(10_000)]);
});
