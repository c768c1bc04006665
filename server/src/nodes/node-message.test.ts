import { expect, it } from 'vitest';
import { MOST_IN_MESSAGE, type NodeMessage, readMessage, writeMessage } from './node-message.ts';

const message: NodeMessage = {
  hints: [
    { kind: 'head', storeId: 'main', head: 7 },
    { kind: 'revoked', deviceId: 'd1' },
    { kind: 'escalation', storeId: 'main', id: 'e1' },
    { kind: 'availability', storeId: 'main' },
    { kind: 'webhooks', storeId: 'main' },
  ],
  displays: true,
  taken: [['token display d1', 3]],
};

it('is read as it was written', () => {
  expect(readMessage(writeMessage(message))).toEqual(message);
});

it('leaves out hints that it does not know or that are wrong, and takes the others', () => {
  const hints = [
    { kind: 'new' },
    { kind: 'head', storeId: 'main', head: -1 },
    null,
    { kind: 'revoked', deviceId: 'd1' },
  ];
  const read = readMessage(JSON.stringify({ ...message, hints }));
  expect(read?.hints).toEqual([{ kind: 'revoked', deviceId: 'd1' }]);
});

it.each([
  '',
  'rubbish',
  'null',
  '{}',
  '{"hints":1}',
  JSON.stringify({ ...message, taken: [['token', -1]] }),
  JSON.stringify({ ...message, hints: Array(MOST_IN_MESSAGE + 1).fill(message.hints[0]) }),
])('is not: %.40s', (text) => {
  expect(readMessage(text)).toBeNull();
});
