import { expect, test } from 'vitest';
import { OrderDraft, OrderPatch } from '#contract/order.ts';
import { believableOrder, oneMore } from './believable-order.ts';

/** A repeatable sequence in [0, 1). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test('every order that the console places is one that the server takes, and its total is that of its items', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const draft = OrderDraft.parse(JSON.parse(JSON.stringify(believableOrder('GEL', 1.8e12, sequence(seed)))));
    const sum = draft.items.reduce((all, { quantity, unitPriceMinor }) => all + quantity * (unitPriceMinor ?? 0), 0);
    expect(draft.totalMinor).toBe(sum);
    const more = OrderPatch.parse(JSON.parse(JSON.stringify(oneMore(draft.items, sequence(seed)))));
    expect(more.items).toHaveLength(draft.items.length + 1);
  }
});
