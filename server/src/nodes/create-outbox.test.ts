import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { until } from '#test/support/until.ts';
import { createOutbox } from './create-outbox.ts';
import { MOST_IN_MESSAGE, type NodeMessage } from './node-message.ts';

/** An outbox whose messages are answered by hand. */
function outboxByHand() {
  const sent: NodeMessage[] = [];
  const answers: (() => void)[] = [];
  const outbox = createOutbox((message) => {
    sent.push(message);
    return new Promise<void>((resolve) => answers.push(resolve));
  });
  const messages = (count: number) => until(`${count} messages`, () => sent.length === count, 2_000);
  return { outbox, sent, messages, answer: () => answers.shift()?.() };
}

it('sends what is said in one turn together, and of two heads the later one', async () => {
  const { outbox, sent, messages } = outboxByHand();
  for (const head of [1, 2]) outbox.hint({ kind: 'head', storeId: 'main', head });
  outbox.hint({ kind: 'head', storeId: 'bar', head: 1 });
  for (let i = 0; i < 3; i++) outbox.taken('token display d', 2);
  outbox.displays();
  await messages(1);
  expect(sent).toEqual([
    {
      hints: [
        { kind: 'head', storeId: 'main', head: 2 },
        { kind: 'head', storeId: 'bar', head: 1 },
      ],
      displays: true,
      taken: [['token display d', 6]],
    },
  ]);
});

it('waits for the answer before the next message, however much is said meanwhile', async () => {
  const { outbox, sent, messages, answer } = outboxByHand();
  outbox.hint({ kind: 'head', storeId: 'main', head: 0 });
  await messages(1);
  for (let head = 1; head < 5_000; head++) outbox.hint({ kind: 'head', storeId: 'main', head });
  await pause(30);
  expect(sent).toHaveLength(1);
  answer();
  await messages(2);
  expect(sent[1]?.hints).toEqual([{ kind: 'head', storeId: 'main', head: 4_999 }]);
});

it('sends much in several messages, and drops what is too much', async () => {
  const { outbox, sent, messages, answer } = outboxByHand();
  for (let i = 0; i < 50_000; i++) outbox.hint({ kind: 'availability', storeId: `s${i}` });
  for (let count = 1; count <= 20_000 / MOST_IN_MESSAGE; count++) {
    await messages(count);
    answer();
  }
  await pause(30);
  const stores = sent.flatMap(({ hints }) => hints);
  expect(stores).toHaveLength(20_000);
  expect(sent.every(({ hints }) => hints.length <= MOST_IN_MESSAGE)).toBe(true);
});
