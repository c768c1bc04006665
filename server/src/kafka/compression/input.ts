/** Packed bytes, read from the beginning. */
export interface Input {
  isAtEnd(): boolean;
  byte(): number;
  /** A number of so many bytes, the lowest first. */
  number(bytes: number): number;
  take(length: number): Uint8Array;
}

/** @throws when more is read than there is */
export function createInput(bytes: Uint8Array): Input {
  let at = 0;
  function take(length: number): Uint8Array {
    if (length > bytes.length - at) throw new Error('a compressed batch ends in the middle');
    at += length;
    return bytes.subarray(at - length, at);
  }
  return {
    isAtEnd: () => at === bytes.length,
    byte: () => take(1)[0] ?? 0,
    number: (count) => take(count).reduceRight((sum, byte) => sum * 256 + byte, 0),
    take,
  };
}
