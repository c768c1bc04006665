import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { openDatabase } from './open-database.ts';
import { sqliteCache } from './sqlite-cache.ts';

it('keeps the entries of a history with numbered commands, each with its intent', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-cache-'));
  const open = (migrations: readonly string[]) =>
    openDatabase({ file: join(dir, 'cache.db'), migrations, synchronous: 'NORMAL' });
  const old = open(CACHE_MIGRATIONS.slice(0, 6));
  const about = { at: 1, orderId: 'o1', orderNumber: '7' };
  const step = { wish: 'set_status', payload: { from: 'pending', to: 'preparing' } };
  const answer = { tappedAt: 1, outcome: 'applied', code: null, message: null };
  for (const entry of [
    { kind: 'tap', ...about, ...step, n: 4 },
    { kind: 'answer', ...about, ...step, n: 4, ...answer },
    { kind: 'prepared_after_cancel', ...about, ...step, tappedAt: 1, cancelledAt: 1 },
    { kind: 'answer', ...about, wish: 'void', payload: {}, n: 5, ...answer },
    { kind: 'display', at: 1, what: 'identity_renewed', count: null },
    { kind: 'display', at: 1, what: 'started', count: null },
  ])
    old
      .prepare('INSERT INTO history (at, kind, back, words, body) VALUES (1, ?, 0, ?, ?)')
      .run(entry.kind, '', JSON.stringify(entry));
  old.close();

  const cache = sqliteCache(open(CACHE_MIGRATIONS));
  const { entries } = cache.history({ before: null, kinds: null, words: null, limit: 99, most: 99 });
  const intent = { intent: 'set_status', payload: step.payload };
  expect(entries.map(({ kind }) => kind)).toEqual(['display', 'prepared_after_cancel', 'answer', 'tap']);
  expect(entries.slice(1)).toEqual([
    { id: 3, kind: 'prepared_after_cancel', ...about, ...intent, tappedAt: 1, cancelledAt: 1 },
    { id: 2, kind: 'answer', ...about, ...intent, commandId: 'n 4', ...answer },
    { id: 1, kind: 'tap', ...about, ...intent, commandId: 'n 4' },
  ]);
  cache.close();
  rmSync(dir, { recursive: true, force: true });
});
