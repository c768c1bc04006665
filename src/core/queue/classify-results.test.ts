import { expect, it } from 'vitest';
import type { CommandResult, Outcome } from '#contract/command.ts';
import type { CommandRow } from '../stores.ts';
import { classifyResults } from './classify-results.ts';

const row = (commandId: string, answer: CommandRow['answer'] = null): CommandRow => ({
  id: 1,
  commandId,
  orderId: 'order',
  intent: { type: 'acknowledge', payload: {} },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  answer,
});
const result = (outcome: Outcome, replayed = false): CommandResult => ({
  commandId: 'a',
  outcome,
  seq: 5,
  ...(replayed && { replayed }),
});
const answered = { outcome: 'applied', seq: 3, epoch: 'e', at: 1 } as const;

type Case = [
  what: string,
  rows: CommandRow[],
  results: CommandResult[],
  found: [answered: number, rejected: number, elsewhere: number],
];
const cases: Case[] = [
  ['applied', [row('a')], [result('applied')], [1, 0, 0]],
  ['already there: somebody else did it', [row('a')], [result('already')], [1, 0, 1]],
  ['superseded: likewise', [row('a')], [result('superseded')], [1, 0, 1]],
  ['rejected: a person must know', [row('a')], [result('rejected')], [1, 1, 0]],
  ['applied, replayed', [row('a')], [result('applied', true)], [1, 0, 0]],
  ['already there, replayed: that may have been ourselves', [row('a')], [result('already', true)], [1, 0, 0]],
  ['superseded, replayed: likewise', [row('a')], [result('superseded', true)], [1, 0, 0]],
  ['rejected, replayed: nobody was told yet', [row('a')], [result('rejected', true)], [1, 1, 0]],
  ['for an answered row', [row('a', answered)], [result('rejected')], [0, 0, 0]],
  ['for a command of another disk', [row('b')], [result('applied')], [0, 0, 0]],
  ['twice for one row: the first counts', [row('a')], [result('applied'), result('rejected')], [1, 0, 0]],
];

it.each(cases)('[C2] [C4] a result that is %s', (_, rows, results, [count, rejected, elsewhere]) => {
  const found = classifyResults(rows, results);
  expect([found.answered.length, found.rejected.length, found.elsewhere.length]).toEqual([count, rejected, elsewhere]);
});
