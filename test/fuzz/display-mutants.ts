import { type Mutant, mutant } from './mutant.ts';

const SYNC = 'src/core/link/sync-engine.ts';
const CONVERSATION = 'src/core/link/conversation.ts';
const SENDER = 'src/core/link/sender.ts';
const QUEUE = 'src/core/queue/queue.ts';
const BOARD = 'src/core/board/board.ts';
const CHECKED_TABLES = 'src/adapters/checked-tables.ts';

export const DISPLAY_MUTANTS: readonly Mutant[] = [
  mutant('gap', '[S3] a batch that begins beyond the cursor is applied', [
    SYNC,
    ' || batch.from > position.cursor) return',
    ') return',
  ]),
  mutant(
    'torn',
    '[S3] the cursor moves in a separate transaction',
    [SYNC, '      write();\n      cache.setPosition(to);\n', '      write();\n'],
    [
      SYNC,
      '    cache.transaction(() => {\n      write();',
      '    cache.setPosition(to);\n    cache.transaction(() => {\n      write();',
    ],
  ),
  mutant('snapshot-anywhere', '[S4] a snapshot is applied whatever the position of the display', [
    SYNC,
    'if (!isAt(from)) return false;',
    '',
  ]),
  mutant('digest', '[S6] the digest is not compared', [SYNC, 'if (beat.digest === undefined ||', 'if (true ||']),
  mutant('invalidated', '[S2] after an answer to start over, a display is live if the log ends at its number', [
    SYNC,
    '!(invalidated !== null && isAt(invalidated))',
    'true',
  ]),
  mutant('at-head', '[L1] live without standing at the head', [SYNC, 'head.seq === position.cursor &&', 'true &&']),
  mutant('stuck', '[S3] two beats beyond the cursor with no batch between do not say hello', [
    SYNC,
    "++outOfStep >= 2 ? 'hello' : 'fine'",
    "'fine'",
  ]),
  mutant('beat', '[L1] a socket without a beat counts as live', [
    'src/contract/sync.ts',
    'LIVE_WITHIN_MS = 12_000',
    'LIVE_WITHIN_MS = 40_000',
  ]),
  mutant('got-before-commit', '[section 6] `got` is sent before the batch is on the disk', [
    CONVERSATION,
    '      if (sync.takeChanges(batch.data',
    "      socket.send('got', { cursor: batch.data.to });\n      if (sync.takeChanges(batch.data",
  ]),
  mutant('no-check', '[C3] an answer that the server has lost counts for ever', [
    'src/core/link/ledger-check.ts',
    'outdated.add(id);\n    isDue = true;',
    'outdated.add(id);',
  ]),
  mutant('answer-not-provisional', '[C3] a command that turns out to be unknown stays answered', [
    QUEUE,
    'for (const id of ids) store.setAnswer(id, null);',
    'for (const id of ids) store.predecessor(id);',
  ]),
  mutant('dropped-on-answer', '[C3] a command leaves the disk when it is answered', [
    QUEUE,
    'for (const { id, answer } of updates) store.setAnswer(id, answer);\n        for (const one of failed)',
    'for (const { id } of updates) store.remove(id);\n        for (const one of failed)',
  ]),
  mutant('unasked', '[C3] hello and polls do not ask about the last answered command', [
    'src/core/link/ledger-check.ts',
    'return queue.lastAnswered();',
    'return null;',
  ]),
  mutant('answer-epoch', '[C2] an answer given in another epoch counts', [
    SENDER,
    'if (answeredIn !== epoch()) {',
    'if (false) {',
  ]),
  mutant('in-flight', '[C3] several batches in flight', [
    SENDER,
    'if (closed || inFlight || cancelRetry',
    'if (closed || cancelRetry',
  ]),
  mutant('expected', '[C3] `expected` is ignored', [SENDER, 'if (expected !== undefined) onExpected();', '']),
  mutant('overlay', '[S5] an answered command is no longer applied to the board', [
    'src/core/board/overlay.ts',
    'row.answer.epoch !== epoch || row.answer.seq <= cursor',
    'true',
  ]),
  mutant(
    'tap-before-disk',
    '[C1] a tap is answered before it is on the disk',
    [
      'src/core/bridge/order-calls.ts',
      'const added = disks.write(() => queue.add(taps, instead));',
      "const added = ok([{ id: 0, commandId: '' }]);\n    core.clock.after(1, () => disks.write(() => queue.add(taps, instead)));",
    ],
    ['src/core/bridge/bridge-calls.ts', '...orderCalls(core),', '...orderCalls({ ...core, clock: ports.clock }),'],
  ),
  mutant('queue-normal', '[C1] the queue is not synced to the disk at each commit', [
    'src/adapters/node-storage.ts',
    "synchronous: 'FULL'",
    "synchronous: 'NORMAL'",
  ]),
  mutant('alarm', '[A1] only orders that arrive while the display runs ring', [
    BOARD,
    '      tidyClosed();\n      loaded = true;',
    '      tidyClosed();\n      ringing.clear();\n      loaded = true;',
  ]),
  mutant(
    'display-rows',
    '[damage] the display does not compare the checksums of its rows',
    [CHECKED_TABLES, 'checkedColumns(db, table))).get())', 'checkedColumns(db, table))) === null)'],
    [CHECKED_TABLES, 'const whole = `', 'const whole = `1 OR '],
  ),
  mutant('display-log', '[damage] the display does not check the write-ahead logs of its databases', [
    'src/adapters/open-database.ts',
    "if (wal !== 'whole') throw",
    "if (wal !== 'whole' && !file) throw",
  ]),
  mutant('clock-set-back', '[S7] a display keeps what it deleted by a clock that ran ahead', [
    'src/core/upkeep.ts',
    'if (byMs > SET_BACK_MS)',
    'if (byMs < 0 && byMs > SET_BACK_MS)',
  ]),
  mutant('snapshot-undated', '[S7] a display does not know by which clock a snapshot left out old orders', [
    'src/core/link/sync-engine.ts',
    'facts.setPrunedAt(snapshot.serverTime);',
    '',
  ]),
  mutant('clock-believed', '[S7] a clock that jumped by a year is believed', [
    'src/contract/believed-clock.ts',
    'if (isAhead && doubtedFor < DOUBTED_FOR_MS) {',
    'if (isAhead && doubtedFor < 0) {',
  ]),
  mutant('position-dropped', '[L1] a display that has dropped its position is live until the next tick', [
    'src/core/link/link.ts',
    'sync.startOver();\n      updateState();',
    'sync.startOver();',
  ]),
  mutant('old-batch', '[S3] a batch that ends at or before the cursor is applied', [
    SYNC,
    "if (batch.to <= position.cursor) return 'ignored';",
    '',
  ]),
  mutant(
    'position-in-memory',
    '[S3] a display moves on though its disk did not take the batch',
    [
      SYNC,
      '  function moveTo(to: Position, write: () => void): void {\n',
      '  function moveTo(to: Position, write: () => void): void {\n    position = to;\n',
    ],
    [SYNC, '    });\n    position = to;\n', '    });\n'],
  ),
  mutant('answer-in-memory', '[C3] a command counts as answered though the disk did not take the answer', [
    QUEUE,
    '      store.transaction(() => {\n        for (const { id, answer } of updates)',
    '      rows.update(updates);\n      store.transaction(() => {\n        for (const { id, answer } of updates)',
  ]),
  mutant('refusal', '[C4] a refusal is not kept for a person to see', [
    QUEUE,
    'for (const one of failed) store.addFailedCommand(one);',
    '',
  ]),
  mutant('unanswered-unsent', '[C3] a command that the server has lost waits for the next start', [
    QUEUE,
    'rows.replaceAll(store.unsettled(epoch, cursor));',
    'rows.replaceAll(rows.all());',
  ]),
  mutant('sends-while-checking', '[C3] commands go up while the display checks the ledger', [
    'src/core/link/link.ts',
    '(ledgerCheck.isDue() ? null : openTransport())',
    'openTransport()',
  ]),
  mutant('no-retry', '[C3] a batch that failed is not sent again by itself', [
    SENDER,
    'later(error instanceof ServerError ? error.retryAfterMs : 0);',
    '',
  ]),
  mutant('mended-position', '[R1] a display whose cache has lost damaged rows keeps its position', [
    CHECKED_TABLES,
    'INSERT OR IGNORE INTO',
    'INSERT OR REPLACE INTO',
  ]),
  mutant('unreadable-kept', '[R1] a tap that can no longer be read waits for ever', [
    QUEUE,
    '.filter(({ intent }) => intent === null)',
    '.filter(() => false)',
  ]),
];
