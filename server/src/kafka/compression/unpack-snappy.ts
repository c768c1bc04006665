import { createInput, type Input } from './input.ts';
import { createOutput, type Output } from './output.ts';

/** Before the blocks of Java's clients; eight bytes of versions follow. */
const JAVA = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const JAVA_VERSIONS = 8;
const KIND = 3;
/** A literal's length is in the tag up to this, else in as many bytes as it is more. */
const SHORT_LITERAL = 59;

/**
 * Snappy (github.com/google/snappy, format_description.txt), as one block or as Java's clients frame blocks.
 *
 * @throws when it is damaged or too large
 */
export function unpackSnappy(packed: Buffer): Buffer {
  const output = createOutput();
  if (!packed.subarray(0, JAVA.length).equals(JAVA)) unpackBlock(createInput(packed), output);
  else {
    const frames = createInput(packed.subarray(JAVA.length + JAVA_VERSIONS));
    while (!frames.isAtEnd()) {
      const length = Buffer.from(frames.take(4)).readUInt32BE();
      unpackBlock(createInput(frames.take(length)), output);
    }
  }
  return output.bytes();
}

function unpackBlock(input: Input, output: Output): void {
  // The length of what follows, seven bits in each byte.
  while (input.byte() >= 0x80);
  while (!input.isAtEnd()) {
    const tag = input.byte();
    const rest = tag >> 2;
    switch (tag & KIND) {
      case 0:
        output.add(input.take(1 + (rest <= SHORT_LITERAL ? rest : input.number(rest - SHORT_LITERAL))));
        break;
      case 1:
        output.repeat((rest >> 3) * 256 + input.byte(), 4 + (rest & 7));
        break;
      case 2:
        output.repeat(input.number(2), 1 + rest);
        break;
      default:
        output.repeat(input.number(4), 1 + rest);
    }
  }
}
