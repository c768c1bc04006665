/** What a printer understood of the bytes that it got. */
export interface ReadJob {
  /** Printed characters; LF as it came. */
  text: string;
  /** Every row of every picture, one below the other: true is black. */
  rows: boolean[][];
  /** Rows of each band, in order. */
  bands: number[];
  cuts: number;
}

/** What follows a command byte by byte; asks for more by returning null. */
type Step = { length: number; apply?: (job: ReadJob) => void; answer?: 'now' | 'in-order'; n?: number };

function raster(bytes: Buffer): Step | null {
  if (bytes.length < 8) return null;
  const stride = bytes.readUInt16LE(4);
  const rows = bytes.readUInt16LE(6);
  const length = 8 + stride * rows;
  if (bytes.length < length) return null;
  return {
    length,
    apply: (job) => {
      job.bands.push(rows);
      for (let y = 0; y < rows; y++) {
        const row = Array.from({ length: stride * 8 }, (_, x) => {
          const byte = bytes[8 + y * stride + (x >> 3)] ?? 0;
          return ((byte >> (7 - (x & 7))) & 1) === 1;
        });
        job.rows.push(row);
      }
    },
  };
}

function columns(bytes: Buffer): Step | null {
  if (bytes.length < 5) return null;
  const height = (bytes[2] ?? 0) >= 32 ? 24 : 8;
  const width = bytes.readUInt16LE(3);
  const length = 5 + width * (height / 8);
  if (bytes.length < length) return null;
  return {
    length,
    apply: (job) => {
      job.bands.push(height);
      for (let y = 0; y < height; y++) {
        const row = Array.from({ length: width }, (_, x) => {
          const byte = bytes[5 + x * (height / 8) + (y >> 3)] ?? 0;
          return ((byte >> (7 - (y & 7))) & 1) === 1;
        });
        job.rows.push(row);
      }
    },
  };
}

/** The commands of two and three bytes that the writer uses, by their first two bytes. */
const LENGTHS: Record<string, number> = { '1b40': 2, '1b32': 2, '1b33': 3, '1b21': 3, '1b61': 3, '1b45': 3, '1b64': 3 };

/** The next command or character at the start of `bytes`; null: not all of it is there. Throws at what it does not know. */
export function readStep(bytes: Buffer): Step | null {
  const first = bytes[0];
  if (first === 0x0a || (first !== undefined && first >= 0x20 && first < 0x7f)) {
    return { length: 1, apply: (job) => (job.text += String.fromCharCode(first)) };
  }
  if (bytes.length < 3) return bytes.length === 2 && LENGTHS[bytes.toString('hex')] === 2 ? { length: 2 } : null;
  const pair = bytes.subarray(0, 2).toString('hex');
  if (pair === '1004') return { length: 3, answer: 'now', n: bytes[2] ?? 0 };
  if (pair === '1d72') return { length: 3, answer: 'in-order', n: bytes[2] ?? 0 };
  if (pair === '1d76') return raster(bytes);
  if (pair === '1b2a') return columns(bytes);
  if (pair === '1d56') {
    const length = (bytes[2] ?? 0) >= 65 ? 4 : 3;
    return bytes.length < length ? null : { length, apply: (job) => (job.cuts += 1) };
  }
  const length = LENGTHS[pair];
  if (length === undefined) throw new Error(`unknown command ${pair}`);
  return { length };
}
