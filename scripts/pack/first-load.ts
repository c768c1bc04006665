import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { LANGUAGES } from '#contract/setting-names.ts';

/** Bytes of script that a screen may load before it paints the board, in any language and any host; before compression. */
export const FIRST_LOAD_LIMIT = 350_000;

export interface FirstLoad {
  /** The language with the most bytes. */
  language: string;
  bytes: number;
  files: { name: string; bytes: number }[];
}

/** Builds the screen in memory, and measures what a browser loads before the board: the entry, the carrier, the texts. */
export async function firstLoad(root: string): Promise<FirstLoad> {
  const built = await build({
    configFile: join(root, 'src/renderer/vite.config.ts'),
    mode: 'production',
    logLevel: 'silent',
    build: { write: false },
  });
  const chunks = [built]
    .flat()
    .flatMap((result) => ('output' in result ? result.output : []))
    .filter(isChunk);

  function withImports(ofSource: RegExp): Rolldown.OutputChunk[] {
    const found = chunks.filter(({ facadeModuleId }) => ofSource.test(facadeModuleId ?? ''));
    // The list grows while it is read.
    for (const { imports } of found)
      found.push(...chunks.filter((chunk) => imports.includes(chunk.fileName) && !found.includes(chunk)));
    return found;
  }

  const loads = LANGUAGES.map((language) => {
    const sources = [/index\.html$/, /socket-carrier\.ts$/, new RegExp(`/${language}/(board|trouble)\\.ts$`)];
    const all = [...new Set(sources.flatMap(withImports))];
    const files = all.map(({ fileName: name, code }) => ({ name, bytes: Buffer.byteLength(code) }));
    return { language, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files };
  });
  return loads.reduce((most, load) => (load.bytes > most.bytes ? load : most));
}

const isChunk = (output: Rolldown.OutputChunk | Rolldown.OutputAsset): output is Rolldown.OutputChunk =>
  output.type === 'chunk';
