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
  function pass(length: number): void {
    if (length > bytes.length - at) throw new Error('a compressed batch ends in the middle');
    at += length;
  }
  return {
    isAtEnd: () => at === bytes.length,
    byte() {
      pass(1);
      return bytes[at - 1] ?? 0;
    },
    number(count) {
      pass(count);
      let sum = 0;
      for (let i = 1; i <= count; i++) sum = sum * 256 + (bytes[at - i] ?? 0);
      return sum;
    },
    take(length) {
      pass(length);
      return bytes.subarray(at - length, at);
    },
  };
}
