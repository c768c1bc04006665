/** Bytes of the largest batch after it is unpacked. A batch on the wire has 1 MB, or what the broker allows. */
export const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;

/** Bytes that are unpacked one part after the other, each as it is or copied from what came before. */
export interface Output {
  add(part: Uint8Array): void;
  /** Repeats `length` bytes from `distance` before the end; they may overlap with what is added. */
  repeat(distance: number, length: number): void;
  bytes(): Buffer;
}

/** @throws when there are more than {@link MOST_UNPACKED_BYTES}, or a distance leads to before the beginning */
export function createOutput(): Output {
  let buffer = Buffer.allocUnsafe(64 * 1024);
  let end = 0;

  function makeRoom(length: number): void {
    if (end + length > MOST_UNPACKED_BYTES) throw new Error('a compressed batch is too large');
    if (end + length <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(end + length, buffer.length * 2));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  }

  return {
    add(part) {
      makeRoom(part.length);
      buffer.set(part, end);
      end += part.length;
    },
    repeat(distance, length) {
      if (distance < 1 || distance > end) throw new Error('a compressed batch is damaged');
      makeRoom(length);
      for (let done = 0; done < length; ) {
        const piece = Math.min(distance + done, length - done);
        buffer.copyWithin(end + done, end - distance, end - distance + piece);
        done += piece;
      }
      end += length;
    },
    bytes: () => buffer.subarray(0, end),
  };
}
