import { strFromU8, unzipSync } from 'fflate';

/** The texts in a ZIP archive, by name. */
export const unzip = (archive: Buffer): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(archive)).map(([name, content]) => [name, strFromU8(content)]));
