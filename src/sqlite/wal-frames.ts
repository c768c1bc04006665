import { endianness } from 'node:os';

/**
 * SQLite's write-ahead log (sqlite.org/fileformat2.html#walformat): a header of 32 bytes, then frames, each a header of 24 bytes
 * and a page. Each checksum continues the one before it.
 */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** One more if the checksums are computed over big-endian words. */
const MAGIC = 0x377f0682;

type Pair = readonly [number, number];

export interface Frame {
  /** It ends a transaction. */
  commits: boolean;
  /** Two numbers that the log's header has, too; both change when SQLite begins to write it from the start again. */
  salts: Pair;
  /** Its checksum continues that of the frame before it, as that one's header gives it. */
  continues: boolean;
}

export interface Wal {
  salts: Pair;
  /** Its checksum is right. SQLite ignores a log whose header is not. */
  headerIsRight: boolean;
  frames: Frame[];
}

/**
 * Reads a write-ahead log. Leaves out a last frame that is not complete.
 *
 * @param bytes the whole file
 * @param pageSize of its database, bytes; its own header may be damaged
 */
export function readWal(bytes: Buffer, pageSize: number): Wal {
  const frameBytes = FRAME_HEADER_BYTES + pageSize;
  const count = Math.max(0, Math.floor((bytes.length - HEADER_BYTES) / frameBytes));
  const frameAt = (index: number) => bytes.subarray(HEADER_BYTES + index * frameBytes).subarray(0, frameBytes);
  const pairAt = (part: Buffer, offset: number): Pair => [part.readUInt32BE(offset), part.readUInt32BE(offset + 4)];

  const magic = bytes.readUInt32BE(0);
  const isRight = (bigEndian: boolean): boolean =>
    magic === MAGIC + Number(bigEndian) &&
    bytes.readUInt32BE(8) === pageSize &&
    isSame(checksum(bytes.subarray(0, 24), [0, 0], bigEndian), pairAt(bytes, 24));
  const headerIsRight = isRight(false) || isRight(true);
  // SQLite writes checksums as this machine has its words.
  const bigEndian = headerIsRight ? magic !== MAGIC : endianness() === 'BE';

  let before = pairAt(bytes, 24);
  const frames = Array.from({ length: count }, (_, index): Frame => {
    const frame = frameAt(index);
    const stored = pairAt(frame, 16);
    const head = checksum(frame.subarray(0, 8), before, bigEndian);
    const continues = isSame(checksum(frame.subarray(FRAME_HEADER_BYTES), head, bigEndian), stored);
    before = stored;
    return { commits: frame.readUInt32BE(4) !== 0, salts: pairAt(frame, 8), continues };
  });
  return { salts: pairAt(bytes, 16), headerIsRight, frames };
}

export const isSame = (one: Pair, other: Pair): boolean => one[0] === other[0] && one[1] === other[1];

/** @param bytes a multiple of 8 */
function checksum(bytes: Buffer, [s0, s1]: Pair, bigEndian: boolean): Pair {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let [a, b] = [s0, s1];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + view.getUint32(at, !bigEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, !bigEndian) + a) >>> 0;
  }
  return [a, b];
}
