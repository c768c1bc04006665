import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackLz4 } from './unpack-lz4.ts';
import { unpackSnappy } from './unpack-snappy.ts';

const text = (bytes: Buffer) => bytes.toString('latin1');
/** “abc”, then six bytes from three bytes before: overlapping. */
const SNAPPY = Buffer.from([9, 2 << 2, 0x61, 0x62, 0x63, (2 << 2) | 1, 3]);
const FRAME = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0];
const LZ4 = Buffer.from([...FRAME, 8, 0, 0, 0, 0x32, 0x61, 0x62, 0x63, 3, 0, 0x10, 0x64, 0, 0, 0, 0]);

describe('compressed messages from other clients', () => {
  it('are unpacked, also where a part repeats itself', () => {
    expect(text(unpackSnappy(SNAPPY))).toBe('abcabcabc');
    expect(text(unpackLz4(LZ4))).toBe('abcabcabcd');
  });

  it('by Java with Snappy come in frames', () => {
    const framed = [0, 0, 0, SNAPPY.length, ...SNAPPY];
    const java = [0x82, ...Buffer.from('SNAPPY'), 0, 0, 0, 0, 1, 0, 0, 0, 1, ...framed, ...framed];
    expect(text(unpackSnappy(Buffer.from(java)))).toBe('abcabcabcabcabcabc');
  });

  it('that are damaged or grow without end are an error', () => {
    for (const [unpack, whole] of [
      [unpackSnappy, SNAPPY],
      [unpackLz4, LZ4],
    ] as const) {
      expect(() => unpack(whole.subarray(0, whole.length - 1))).toThrow('ends in the middle');
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(whole.length), (noise, at) => {
          try {
            unpack(Buffer.concat([whole.subarray(0, at), noise]));
          } catch (error) {
            expect(String(error)).toContain('a compressed batch');
          }
        }),
      );
    }
    // One byte, then 64 bytes from one before, a million times and more.
    const bomb = Buffer.concat([
      Buffer.from([1, 0, 0x61]),
      Buffer.alloc(3 * 1_100_000, Buffer.from([(63 << 2) | 2, 1, 0])),
    ]);
    expect(() => unpackSnappy(bomb)).toThrow('too large');
  });
});
