import { expect, it } from 'vitest';
import { createHints, type Hint } from './hints.ts';

const head: Hint = { kind: 'head', storeId: 'main', head: 1 };

it('reaches every listener, even if one throws, until its undo', () => {
  const logged: string[] = [];
  const received: Hint[] = [];
  const hints = createHints({ error: (_details, message) => logged.push(message) });
  hints.onHint(() => {
    throw new Error('broken');
  });
  const undo = hints.onHint((hint) => received.push(hint));
  hints.say(head);
  undo();
  hints.say(head);
  expect(received).toEqual([head]);
  expect(logged).toHaveLength(2);
});
