/** Enough of a message to see which changes it carries. */
const BEGINNING_BYTES = 512;

export const TEXT = 1;
export const CLOSE = 8;
export const PING = 9;

/**
 * Reads a server's WebSocket frames (RFC 6455, unmasked) and hands on the beginning of each once all of it is there. It
 * keeps nothing of the rest, so that many displays in one process take little time.
 *
 * @param most so many bytes are handed on
 */
export function createFrameReader(
  onFrame: (opcode: number, beginning: Buffer) => void,
  most = BEGINNING_BYTES,
): (chunk: Buffer) => void {
  let kept = Buffer.alloc(0);
  let toSkip = 0;
  let complete: (() => void) | null = null;

  return (chunk) => {
    let rest = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    kept = Buffer.alloc(0);
    for (;;) {
      if (complete) {
        const skipped = Math.min(toSkip, rest.length);
        rest = rest.subarray(skipped);
        toSkip -= skipped;
        if (toSkip > 0) return;
        const handOn = complete;
        complete = null;
        handOn();
      }
      const head = headOf(rest);
      const beginning = head ? Math.min(head.length, most) : 0;
      if (!head || rest.length < head.size + beginning) {
        // A copy: the chunk's memory is used for the next one.
        if (rest.length > 0) kept = Buffer.from(rest);
        return;
      }
      const payload = rest.subarray(head.size, head.size + beginning);
      rest = rest.subarray(head.size + beginning);
      toSkip = head.length - beginning;
      if (toSkip === 0) onFrame(head.opcode, payload);
      else {
        const copy = rest.length >= toSkip ? payload : Buffer.from(payload);
        complete = () => onFrame(head.opcode, copy);
      }
    }
  };
}

function headOf(bytes: Buffer): { opcode: number; size: number; length: number } | null {
  if (bytes.length < 2) return null;
  const opcode = bytes.readUInt8(0) & 0x0f;
  const short = bytes.readUInt8(1) & 0x7f;
  if (short < 126) return { opcode, size: 2, length: short };
  if (short === 126) return bytes.length < 4 ? null : { opcode, size: 4, length: bytes.readUInt16BE(2) };
  return bytes.length < 10 ? null : { opcode, size: 10, length: Number(bytes.readBigUInt64BE(2)) };
}
