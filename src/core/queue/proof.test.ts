import { beforeEach, expect, it } from 'vitest';
import { memoryQueue } from '../testing/memory-queue.ts';
import { createProof, type Proof } from './proof.ts';

/** Which command must go up to show that the server still has what it answered (C2). */

let store: ReturnType<typeof memoryQueue>['store'];
let proof: Proof;

function answered(from: number, to: number, at = 0): void {
  for (let n = from; n <= to; n++)
    store.insert({
      generation: 1,
      n,
      commandId: `id-${n}`,
      orderId: 'a',
      intent: { type: 'acknowledge', payload: {} },
      baseVersion: 1,
      issuedAt: '2026-11-21T10:00:00.000Z',
      answer: { outcome: 'applied', seq: n, epoch: 'e', at },
    });
}
const ask = (before: number, { waits = false, always = false } = {}): number | null =>
  proof.before({ generation: 1, before, since: 0 }, waits, always)?.n ?? null;

beforeEach(() => {
  store = memoryQueue().store;
  proof = createProof(store);
});

it('[C2] is asked for when the server may be another life of itself, and not again once it is there', () => {
  answered(1, 3);
  expect(ask(4)).toBeNull();
  proof.doubt();
  expect(ask(4)).toBe(3);
  proof.confirmed(3);
  expect(ask(4)).toBeNull();
});

it('[C2] is asked for with whatever goes up over HTTP, where nothing tells one life of the server from the next', () => {
  answered(1, 3);
  expect(ask(4, { waits: true, always: true })).toBe(3);
  proof.confirmed(3);
  expect(ask(4, { waits: true, always: true })).toBe(3);
});

it('[C2] goes back one by one as long as the ledger has them otherwise, until one is as it was', () => {
  answered(1, 5);
  proof.doubt();
  for (const n of [5, 4, 3]) {
    expect(ask(6)).toBe(n);
    proof.confirmed(n);
    if (n > 3) proof.goBack(n);
  }
  expect(ask(6)).toBeNull();
});

it('[C2] goes back when nothing else waits, and does not forget to', () => {
  answered(1, 5);
  proof.doubt();
  expect(ask(6)).toBe(5);
  proof.confirmed(5);
  proof.goBack(5);
  expect(ask(6, { waits: true })).toBeNull();
  answered(6, 6);
  proof.doubt();
  expect(ask(7)).toBe(6);
  proof.confirmed(6);
  expect(ask(7)).toBe(4);
  proof.confirmed(4);
  expect(ask(7)).toBeNull();
});

it('[C2] is not there where nothing was answered; a later doubt is about what has been answered since', () => {
  proof.doubt();
  expect(ask(1)).toBeNull();
  answered(1, 300);
  proof.doubt();
  expect(ask(301)).toBe(300);
  proof.confirmed(300);
  proof.goBack(150);
  expect(ask(301)).toBe(149);
});

it('[C2] a doubt that came up while it was under way is not cleared up by its answer', () => {
  answered(1, 3);
  proof.doubt();
  expect(ask(4)).toBe(3);
  proof.doubt();
  proof.confirmed(3);
  expect(ask(4)).toBe(3);
});

it('[C2] is asked for of what a change answered, which may be the other machine’s, until the ledger has answered', () => {
  answered(1, 3);
  proof.answeredByChange(store.numbered(1, 2));
  expect(ask(4)).toBe(3);
  proof.confirmed(3);
  expect(ask(4)).toBeNull();
});

it('[S7] is not asked for of what was answered so long ago that the server may have forgotten it', () => {
  answered(1, 3, 999);
  proof.doubt();
  expect(proof.before({ generation: 1, before: 4, since: 1_000 }, false, false)).toBeNull();
  expect(ask(4)).toBeNull();
});
