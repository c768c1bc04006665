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
  ['already done by somebody else', [row('a')], [result('already')], [1, 0, 1]],
  ['superseded by somebody else', [row('a')], [result('superseded')], [1, 0, 1]],
  ['rejected', [row('a')], [result('rejected')], [1, 1, 0]],
  ['applied, replayed', [row('a')], [result('applied', true)], [1, 0, 0]],
  ['already done, replayed: possibly by this display', [row('a')], [result('already', true)], [1, 0, 0]],
  ['superseded, replayed: possibly by this display', [row('a')], [result('superseded', true)], [1, 0, 0]],
  ['rejected, replayed: not yet reported', [row('a')], [result('rejected', true)], [1, 1, 0]],
  ['for an answered row', [row('a', answered)], [result('rejected')], [0, 0, 0]],
  ['for an unknown command', [row('b')], [result('applied')], [0, 0, 0]],
  ['given twice for one row: the first counts', [row('a')], [result('applied'), result('rejected')], [1, 0, 0]],
];

it.each(cases)('[C2] [C4] classifies a result: %s', (_, rows, results, [count, rejected, elsewhere]) => {
  const found = classifyResults(rows, results);
  expect([found.answered.length, found.rejected.length, found.elsewhere.length]).toEqual([count, rejected, elsewhere]);
});
