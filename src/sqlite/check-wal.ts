import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { isSame, readWal, type Wal } from './wal-frames.ts';

/**
 * `whole`: all that was committed can be read. `torn`: a commit at the end cannot be read; it was either never reported, because
 * the power failed while it was written, or is damaged. `damaged`: a commit that had reached the disk cannot be read.
 */
export type WalState = 'whole' | 'torn' | 'damaged';

/** The smallest log that holds anything, bytes. */
const SMALLEST = 32;

/**
 * Checks the write-ahead log of a closed database, before SQLite reads it: SQLite takes all frames before the first one whose
 * checksum is wrong and says nothing of those after it. With `synchronous=FULL`, each commit has reached the disk before the
 * next frame is written; with NORMAL, a power cut can leave a `damaged` log too.
 *
 * @param file the database; its log is the file beside it that ends with `-wal`
 */
export function checkWal(file: string): WalState {
  if (!existsSync(file) || !existsSync(`${file}-wal`)) return 'whole';
  const bytes = readFileSync(`${file}-wal`);
  return bytes.length < SMALLEST ? 'whole' : stateOf(readWal(bytes, pageSizeOf(file)));
}

/** Cannot tell a last commit whose mark as a commit is what is damaged from an interrupted transaction. */
export function stateOf({ salts: ofHeader, headerIsRight, frames }: Wal): WalState {
  const salts = headerIsRight ? ofHeader : (frames[0]?.salts ?? ofHeader);
  const isCurrent = (index: number): boolean => isSame(frames[index]?.salts ?? [0, 0], salts);
  // Damage changes one of the salts at most; a frame of an earlier round has two others.
  const seemsCurrent = (index: number): boolean => frames[index]?.salts.some((salt, at) => salt === salts[at]) ?? false;

  const firstLost = headerIsRight ? frames.findIndex(({ continues }, index) => !(continues && isCurrent(index))) : 0;
  if (firstLost === -1 || !seemsCurrent(firstLost)) return 'whole';
  const lost = frames.slice(firstLost);
  const lostCommit = lost.findIndex(({ commits }, index) => commits && seemsCurrent(firstLost + index));
  if (lostCommit === -1) return 'whole';
  const after = firstLost + lostCommit + 1;
  // Its checksum may have been damaged, which the next frame's continues.
  const goesOn = [after, after + 1].some((index) => isCurrent(index) && frames[index]?.continues);
  return goesOn ? 'damaged' : 'torn';
}

/** @returns bytes; SQLite's default where the file is too short or too damaged to say */
function pageSizeOf(file: string): number {
  const bytes = Buffer.alloc(2);
  const open = openSync(file, 'r');
  try {
    if (readSync(open, bytes, 0, 2, 16) < 2) return 4_096;
  } finally {
    closeSync(open);
  }
  const size = bytes.readUInt16BE(0);
  if (size === 1) return 65_536;
  return size >= 512 && Number.isInteger(Math.log2(size)) ? size : 4_096;
}
