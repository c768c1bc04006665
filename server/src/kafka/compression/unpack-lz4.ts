import { createInput, type Input } from './input.ts';
import { createOutput, type Output } from './output.ts';

const MAGIC = 0x184d2204;
/** Flags of a frame. */
const HAS_DICTIONARY = 1;
const HAS_CHECKSUM = 4;
const HAS_SIZE = 8;
const HAS_BLOCK_CHECKSUMS = 16;
/** A block that is not packed. */
const PLAIN = 0x80000000;
/** A length goes on in the next byte after this in the token, and after this in a byte. */
const LONG = 15;
const LONGER = 255;
const LEAST_MATCH = 4;

/**
 * LZ4 frames (github.com/lz4/lz4, lz4_Frame_format.md and lz4_Block_format.md). Checksums are not compared: Kafka's
 * batches have their own.
 *
 * @throws when it is damaged or too large
 */
export function unpackLz4(packed: Buffer): Buffer {
  const input = createInput(packed);
  const output = createOutput();
  while (!input.isAtEnd()) unpackFrame(input, output);
  return output.bytes();
}

function unpackFrame(input: Input, output: Output): void {
  if (input.number(4) !== MAGIC) throw new Error('a compressed batch is not LZ4');
  const flags = input.byte();
  const has = (flag: number) => (flags & flag) !== 0;
  // The largest block, the whole size, the dictionary and the header's checksum.
  input.take(1 + (has(HAS_SIZE) ? 8 : 0) + (has(HAS_DICTIONARY) ? 4 : 0) + 1);
  for (let size = input.number(4); size > 0; size = input.number(4)) {
    if (size >= PLAIN) output.add(input.take(size - PLAIN));
    else unpackBlock(createInput(input.take(size)), output);
    if (has(HAS_BLOCK_CHECKSUMS)) input.take(4);
  }
  if (has(HAS_CHECKSUM)) input.take(4);
}

function unpackBlock(input: Input, output: Output): void {
  while (!input.isAtEnd()) {
    const token = input.byte();
    output.add(input.take(longLength(input, token >> 4)));
    // The last part of a block is a literal.
    if (input.isAtEnd()) return;
    const distance = input.number(2);
    output.repeat(distance, LEAST_MATCH + longLength(input, token & LONG));
  }
}

function longLength(input: Input, first: number): number {
  let length = first;
  if (first === LONG) for (let more = LONGER; more === LONGER; length += more) more = input.byte();
  return length;
}
