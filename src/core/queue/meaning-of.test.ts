import { expect, it } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import type { CommandRow } from '../stores.ts';
import { meaningOf } from './meaning-of.ts';

const row: CommandRow = {
  id: 1,
  generation: 1,
  n: 7,
  commandId: 'id-7',
  orderId: 'a',
  intent: { type: 'acknowledge', payload: {} },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  answer: null,
};
const before = { outcome: 'applied', seq: 5, epoch: 'e', at: 0 } as const;
const result = (over: Partial<CommandResult>): CommandResult => ({
  n: 7,
  commandId: 'id-7',
  outcome: 'applied',
  seq: 5,
  ...over,
});
const fork = { outcome: 'rejected', code: 'fork' } as const;

it.each([
  ['the first answer', null, {}, 'answer'],
  ['the first answer again, the first being lost', null, { replayed: true }, 'answer'],
  ['another command under this number', null, fork, 'fork'],
  ['the answer that we have', before, { replayed: true }, 'known'],
  ['the answer whose change came down before it', before, {}, 'known'],
  ['taken anew by a server that had forgotten it', before, { seq: 9 }, 'another'],
  ['answered otherwise since the server was put back', before, { outcome: 'rejected', replayed: true }, 'another'],
  ['answered at another place since the server was put back', before, { seq: 9, replayed: true }, 'another'],
  ['another command under a number of ours that was answered', before, fork, 'lost'],
  ['likewise of one that was refused, at the same place', { ...before, outcome: 'rejected' }, fork, 'lost'],
] as const)('[C2] a result is %s', (_, answer, over, meaning) => {
  expect(meaningOf({ ...row, answer }, result(over))).toBe(meaning);
});
