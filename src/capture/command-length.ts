/**
 * Lengths of the commands of ESC/POS (Epson's command reference), so that no parameter is read as text.
 *
 * @param bytes of a command so far, from its first
 * @returns its length; {@link UNKNOWN}; a negative number -n: n bytes are needed to know
 */
export function commandLength(bytes: readonly number[]): number {
  const [lead, code] = bytes;
  if (code === undefined) return -2;
  const table = lead === DLE ? OF_DLE : lead === ESC ? OF_ESC : lead === FS ? OF_FS : OF_GS;
  // ESC ( x, GS ( x, FS ( x: function, and the length of what follows.
  const length = code === 0x28 && lead !== DLE ? counted : table[code];
  if (length === undefined) return UNKNOWN;
  return typeof length === 'number' ? length : length(bytes);
}

export const DLE = 0x10;
export const ESC = 0x1b;
export const FS = 0x1c;
export const GS = 0x1d;
export const UNKNOWN = 0;

type Count = (bytes: readonly number[]) => number;
type Length = number | Count;

const c = (character: string): number => character.charCodeAt(0);
const at = (bytes: readonly number[], i: number): number => bytes[i] ?? 0;
const word = (bytes: readonly number[], i: number): number => at(bytes, i) + 256 * at(bytes, i + 1);

/** The length once `header` bytes are there. */
const after =
  (header: number, length: Count): Count =>
  (bytes) =>
    bytes.length < header ? -header : length(bytes);

/** Up to the first NUL from `start`; data is shorter than 256 bytes. */
const untilNul =
  (start: number): Count =>
  (bytes) => {
    const end = bytes.indexOf(0, start);
    if (end >= 0) return end + 1;
    return bytes.length > 300 ? UNKNOWN : -(bytes.length + 1);
  };

const counted = (bytes: readonly number[]): number => (bytes.length < 5 ? -5 : 5 + word(bytes, 3));

function lengths(parts: readonly (readonly [codes: string, length: Length])[]): Record<number, Length> {
  return Object.fromEntries(parts.flatMap(([codes, length]) => [...codes].map((code) => [c(code), length])));
}

const barCode = untilNul(3);

const OF_DLE = lengths([
  ['\x04', after(3, (b) => ([7, 8, 18].includes(at(b, 2)) ? 4 : 3))],
  ['\x05', 3],
  ['\x14', after(3, (b) => ({ 1: 5, 2: 5, 3: 8, 7: 4, 8: 10 })[at(b, 2)] ?? UNKNOWN)],
]);

const OF_ESC = lengths([
  ['@2<\fLSimqvFOH45', 2],
  [' !%-3=?EGJKMRTUVadertu{Cx', 3],
  ['$\\fBc', 4],
  ['p', 5],
  ['W', 10],
  ['D', untilNul(2)],
  ['*', after(5, (b) => 5 + word(b, 3) * (at(b, 2) >= 32 ? 3 : 1))],
  ['&', userCharacters],
]);

const OF_GS = lengths([
  [':c<', 2],
  ['!"/BEHITabfhjrw|', 3],
  ['$\\LPW', 4],
  ['^z', 5],
  ['g', 6],
  ['V', after(3, (b) => ([65, 66, 97, 98, 103, 104].includes(at(b, 2)) ? 4 : 3))],
  ['k', after(4, (b) => (at(b, 2) >= 65 ? 4 + at(b, 3) : barCode(b)))],
  ['v', after(8, (b) => 8 + word(b, 4) * word(b, 6))],
  ['Q', after(8, (b) => 8 + word(b, 4) * word(b, 6))],
  ['*', after(4, (b) => 4 + at(b, 2) * at(b, 3) * 8)],
  ['8', after(7, (b) => 7 + word(b, 3) + 65_536 * word(b, 5))],
  ['C', after(3, counter)],
  ['D', after(15, (b) => 9 + word(b, 11) + 65_536 * word(b, 13))],
]);

const OF_FS = lengths([
  ['&.', 2],
  ['!-CW', 3],
  ['?Sp', 4],
  ['2', 76],
  ['q', storedPictures],
  ['g', after(3, (b) => (at(b, 2) === 0x31 ? (b.length < 10 ? -10 : 10 + word(b, 8)) : 10))],
]);

/** GS C 0, 1, 2: numbering; GS C ; takes five numbers, each ended by a semicolon. */
function counter(bytes: readonly number[]): number {
  if (at(bytes, 2) !== c(';')) return { 48: 5, 49: 9, 50: 5 }[at(bytes, 2)] ?? UNKNOWN;
  let ends = 0;
  for (let i = 2; i < bytes.length && i < 40; i++) if (bytes[i] === c(';') && ++ends === 6) return i + 1;
  return bytes.length >= 40 ? UNKNOWN : -(bytes.length + 1);
}

/** ESC & y c1 c2 [x d…]: glyphs, each y × x bytes. */
function userCharacters(bytes: readonly number[]): number {
  if (bytes.length < 5) return -5;
  const glyphs = at(bytes, 4) - at(bytes, 3) + 1;
  let end = 5;
  for (let i = 0; i < glyphs; i++) {
    if (bytes.length <= end) return -(end + 1);
    end += 1 + at(bytes, 2) * at(bytes, end);
  }
  return end;
}

/** FS q n [xL xH yL yH d…]. */
function storedPictures(bytes: readonly number[]): number {
  if (bytes.length < 3) return -3;
  let end = 3;
  for (let i = 0; i < at(bytes, 2); i++) {
    if (bytes.length < end + 4) return -(end + 4);
    end += 4 + word(bytes, end) * word(bytes, end + 2) * 8;
  }
  return end;
}
