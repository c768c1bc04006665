/** One guard of the product switched off, as a change of its source text; `find` is there exactly once. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}
export interface Mutant {
  name: string;
  /** What is switched off, and the rule that asks for it. */
  what: string;
  patches: readonly Patch[];
}

const SUBMIT = 'server/src/commands/submit-commands.ts';
const READ_LOG = 'server/src/log/read-log.ts';
const DOOR = 'server/src/database/write-queue.ts';
const FOLLOWERS = 'server/src/log/follow/create-followers.ts';
const SYNC = 'src/core/link/sync-engine.ts';
const SESSION = 'src/core/link/session.ts';
const SENDER = 'src/core/link/sender.ts';
const QUEUE = 'src/core/queue/queue.ts';
const BOARD = 'src/core/board/board.ts';

const mutant = (name: string, what: string, ...patches: [file: string, find: string, replace: string][]): Mutant => ({
  name,
  what,
  patches: patches.map(([file, find, replace]) => ({ file, find, replace })),
});

/** The guards that carry the promise. The fuzz must find out each of them that is missing. */
export const MUTANTS: readonly Mutant[] = [
  mutant(
    'ledger',
    '[C2] a number that was answered is done again',
    [SUBMIT, 'if (n <= lastN) {', 'if (n < 0) {'],
    [SUBMIT, ".insertInto('commands')\n", ".replaceInto('commands')\n"],
  ),
  mutant('ledger-hole', '[C3] a number too far ahead is taken', [SUBMIT, 'if (n > lastN + 1) {', 'if (n < 0) {']),
  mutant(
    'fork-unseen',
    '[C2] another command under a known number gets the answer of the first',
    [SUBMIT, 'if (stored?.command_id === commandId)', 'if (stored)'],
    [
      SUBMIT,
      '...(JSON.parse(stored.result) as CommandResult), replayed',
      '...(JSON.parse(stored.result) as CommandResult), commandId, replayed',
    ],
  ),
  mutant('answer-before-commit', '[C2] the server answers before the commit', [
    DOOR,
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
    [READ_LOG, ".where('seq', '>', after)", ".where('seq', '>', Math.max(after, log.min_seq - 1))"],
  ),
  mutant('flow-control', '[section 6] batches are sent without waiting for `got`', [
    FOLLOWERS,
    'session.unconfirmed.length >= MAX_BATCHES_AHEAD',
    'false',
  ]),
  mutant('gap', '[S3] a batch that begins beyond the cursor is applied', [
    SYNC,
    ' || batch.from > position.cursor) {',
    ') {',
  ]),
  mutant(
    'torn',
    '[S3] the cursor moves in a transaction of its own',
    [SYNC, '      write();\n      cache.setPosition(to);\n', '      write();\n'],
    [
      SYNC,
      '    cache.transaction(() => {\n      write();',
      '    cache.setPosition(to);\n    cache.transaction(() => {\n      write();',
    ],
  ),
  mutant('snapshot-anywhere', '[S4] a snapshot is taken wherever the display stands by now', [
    SYNC,
    'if (!isAt(toldAt)) return false;',
    '',
  ]),
  mutant('digest', '[S6] the digest is not compared', [SYNC, 'if (beat.digest === undefined ||', 'if (true ||']),
  mutant('refuted', '[S2] told to start over, it is live if the log happens to end at its number', [
    SYNC,
    '!(refuted !== null && isAt(refuted))',
    'true',
  ]),
  mutant('at-head', '[L1] live without standing at the head', [SYNC, 'head.seq === position.cursor &&', 'true &&']),
  mutant('stuck', '[S3] two beats beyond the cursor with no batch between do not say hello', [
    SYNC,
    "++outOfStep >= 2 ? 'hello' : 'fine'",
    "'fine'",
  ]),
  mutant('beat', '[L1] a socket without a beat is believed', [
    'src/contract/sync.ts',
    'LIVE_WITHIN_MS = 12_000',
    'LIVE_WITHIN_MS = 40_000',
  ]),
  mutant('got-before-commit', '[section 6] `got` is said before the batch is on the disk', [
    SESSION,
    '      if (sync.takeChanges(batch.data',
    "      socket?.send('got', { cursor: batch.data.to });\n      if (sync.takeChanges(batch.data",
  ]),
  mutant('last-n', '[C3] what a restored server has forgotten is not sent again', [
    'src/core/queue/numbering.ts',
    'if (lastN >= identity.nextN - 1)',
    'if (lastN >= 0)',
  ]),
  mutant('stale-last-n', '[C2] a lastN asked for before the numbers were set anew is heeded', [
    'src/core/link/link.ts',
    '    if (askedAt < heedFrom) {\n      unheeded();\n      return;\n    }\n',
    '',
  ]),
  mutant('answer-epoch', '[C2] an answer given in another epoch counts', [
    SENDER,
    'if (answer.epoch !== epoch()) {',
    'if (false) {',
  ]),
  mutant('in-flight', '[C3] several batches in flight', [
    SENDER,
    'if (closed || inFlight || cancelRetry',
    'if (closed || cancelRetry',
  ]),
  mutant('expected', '[C3] `expected` is not heeded', [
    SENDER,
    'else if (answer.expected !== undefined) queue',
    'else if (false) queue',
  ]),
  mutant('fork-kept', '[C2] a fork is taken for an ordinary refusal', [
    'src/core/queue/meaning-of.ts',
    "if (code === 'fork') return",
    'if (code === undefined && answer === undefined) return',
  ]),
  mutant('proof', '[C2] what was answered is taken to be in the ledger for ever, though a disk was copied', [
    'src/core/queue/proof.ts',
    'const isDue = always || doubts !== cleared || unconfirmed.length > 0;',
    'const isDue = doubts < 0;',
  ]),
  mutant(
    'old-numbers',
    '[C2] what was answered before a new identity is not asked for again',
    ['src/core/queue/numbering.ts', '.concat(answered.filter((row) => row.n > lastN).map(queuedAgain))', ''],
    ['src/core/queue/numbering.ts', 'if (row.n <= lastN) store.update({ ...row, generation });', ';'],
  ),
  mutant('lost-renumbered', '[C2] what comes after a lost answer is heeded, and renumbers it at the next fork', [
    QUEUE,
    'if (done.lost || done.fork) break;',
    'if (done.fork) break;',
  ]),
  mutant('overlay', '[S5] a command is no longer laid over once it is answered', [
    'src/core/board/overlay.ts',
    'row.answer.epoch !== epoch || row.answer.seq <= cursor',
    'true',
  ]),
  mutant('tap-before-disk', '[C1] a tap is answered before it is on the disk', [
    'src/core/bridge/bridge-calls.ts',
    'const added = onDisk(() => queue.add(taps, instead));',
    'const added = ok([{ id: 0, n: queue.identity().nextN }]);\n    ports.clock.after(1, () => onDisk(() => queue.add(taps, instead)));',
  ]),
  mutant('queue-normal', '[C1] the queue is not synced to the disk at each commit', [
    'src/adapters/node-storage.ts',
    "synchronous: 'FULL'",
    "synchronous: 'NORMAL'",
  ]),
  mutant('alarm', '[A1] only orders that come in while it looks on ring', [
    BOARD,
    '      tidyClosed();\n      loaded = true;',
    '      tidyClosed();\n      ringing.clear();\n      loaded = true;',
  ]),
];

export function patchesOf(name: string | undefined): readonly Patch[] {
  if (name === undefined) return [];
  const mutant = MUTANTS.find((one) => one.name === name);
  if (!mutant) throw new Error(`there is no mutant ${name}; there are ${MUTANTS.map((one) => one.name).join(', ')}`);
  return mutant.patches;
}
