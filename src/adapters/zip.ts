import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** Names are UTF-8 (APPNOTE 4.4.4, bit 11); what is in it is deflated; version 2.0 can read it. */
const UTF8 = 1 << 11;
const DEFLATED = 8;
const VERSION = 20;
/** The first day that the format knows: the archive's name says when it was made. */
const DAY_ONE = (1 << 5) | 1;

/** A ZIP archive of texts by name, as PKWARE's APPNOTE 6.3 has it; for less than 4 GiB. Deflates off the main thread. */
export async function zip(files: Record<string, string>): Promise<Buffer> {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = await deflate(content);
    const path = Buffer.from(name);
    const entry = fields(
      ...([
        [2, VERSION],
        [2, UTF8],
        [2, DEFLATED],
        [2, 0],
        [2, DAY_ONE],
      ] as const),
      ...([
        [4, crc32(content)],
        [4, packed.length],
        [4, content.length],
        [2, path.length],
        [2, 0],
      ] as const),
    );
    const here = Buffer.concat([fields([4, 0x04034b50]), entry, path, packed]);
    // Comment, disk and attributes are none; then where it begins.
    const end = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
    central.push(Buffer.concat([fields([4, 0x02014b50], [2, VERSION]), entry, end, path]));
    local.push(here);
    offset += here.length;
  }
  const directory = Buffer.concat(central);
  const count = central.length;
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...local, directory, end]);
}

/** Numbers one after the other, little-endian, each in so many bytes. */
function fields(...list: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    list.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
