import { type Mutant, mutant } from './mutant.ts';

const SUBMIT = 'server/src/commands/submit-commands.ts';
const READ_LOG = 'server/src/log/read-log.ts';
const WRITE_QUEUE = 'server/src/database/write-queue.ts';
const FOLLOWERS = 'server/src/log/follow/create-followers.ts';

export const SERVER_MUTANTS: readonly Mutant[] = [
  mutant(
    'no-ledger',
    '[C2] an answered command is done again',
    [SUBMIT, 'if (stored !== undefined) {', 'if (results.length < 0) {'],
    ['server/src/commands/ledger.ts', ".insertInto('commands')", ".replaceInto('commands')"],
  ),
  mutant('no-after', '[C3] a command is consumed though its predecessor is unknown', [
    SUBMIT,
    'if (after !== null && !ledger.has(after)) {',
    'if (results.length < 0) {',
  ]),
  mutant('answer-before-commit', '[C2] the server answers before the commit', [
    WRITE_QUEUE,
    'answers.push(() => resolve(value as never));',
    'resolve(value as never);',
  ]),
  mutant('epoch', '[S2] the epoch is not compared', [
    READ_LOG,
    "if (position.epoch !== log.epoch) return 'epoch';",
    'if (position.epoch === null) return "epoch";',
  ]),
  mutant('hash', '[S2] the hash is not compared', [READ_LOG, "position.hash === hashAtCursor ? null : 'hash'", 'null']),
  mutant(
    'future',
    '[S2] a cursor beyond the head is taken',
    [READ_LOG, "if (position.cursor > log.head) return 'future';", ''],
    [
      READ_LOG,
      "position.hash === hashAtCursor ? null : 'hash'",
      "position.cursor > log.head || position.hash === hashAtCursor ? null : 'hash'",
    ],
  ),
  mutant(
    'too-old',
    '[S2] a cursor below the floor of the log is taken, where what was below is gone',
    [
      READ_LOG,
      "if (position.cursor < log.min_seq - 1) return 'too_old';",
      'if (position.cursor < log.min_seq - 1) return null;',
    ],
    [READ_LOG, 'storeId, after, ROWS)', 'storeId, Math.max(after, log.min_seq - 1), ROWS)'],
    [READ_LOG, 'row.seq !== after + i + 1 || ', ''],
  ),
  mutant('flow-control', '[section 6] batches are sent without waiting for `got`', [
    FOLLOWERS,
    'session.unconfirmed.length >= ahead',
    'false',
  ]),
  mutant('always-known', '[C3] the server says that it knows a command without looking', [
    'server/src/edge/is-known.ts',
    'return answered == null ||',
    'return answered !== undefined ||',
  ]),
  mutant('server-log', '[damage] the server does not check its write-ahead log', [
    'server/src/database/open-sqlite.ts',
    'if (!options.shared) checkLog(',
    'if (options.shared) checkLog(',
  ]),
  mutant('server-rows', '[damage] the server does not compare the checksums of its orders', [
    'server/src/database/checked-rows.ts',
    'row.checksum === checksumOf(table, row);',
    'row.checksum !== undefined;',
  ]),
  mutant('recent-hash', '[S2] the changes in memory continue a position whose hash differs', [
    'server/src/log/recent-changes.ts',
    'at?.epoch !== epoch || at.hash !== hash ||',
    'at?.epoch !== epoch ||',
  ]),
  mutant('head-hash', '[S2] the number of the head is taken for the head', [
    READ_LOG,
    'cursor === log.head && hash === log.head_hash',
    'cursor === log.head',
  ]),
  mutant('server-changes', '[R1] the server sends damaged changes of its log', [
    READ_LOG,
    'row.seq !== after + i + 1 || !isWholeChange(row)',
    'row.seq !== after + i + 1',
  ]),
  mutant('refusal-not-stored', '[C2] the server does not store the answer to a command that it refuses', [
    SUBMIT,
    'ledger.set(commandId, await storeAnswer(tx, device.id, result, options.dateOfAnswer()));',
    `ledger.set(
      commandId,
      result.outcome === 'rejected' ? '' : await storeAnswer(tx, device.id, result, options.dateOfAnswer()),
    );`,
  ]),
];
