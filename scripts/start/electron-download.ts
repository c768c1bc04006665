import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { downloadFailure } from './download-failure.ts';

/**
 * `electron-download.ts HOME STALLED_MS`: fetches Electron's binary into the npm package at HOME, by Electron's own modules, from
 * the mirror and into the cache that its documentation names. Gives up a download that brings nothing for STALLED_MS. Says how far
 * it is; on failure the last line is one sentence for a person.
 */
interface ElectronGet {
  downloadArtifact(what: {
    version: string;
    artifactName: 'electron';
    platform: string;
    arch: string;
    cacheRoot?: string;
    checksums?: Record<string, string>;
    downloadOptions: {
      quiet: true;
      signal: AbortSignal;
      getProgressCallback(progress: { total: number | null; percent: number }): void;
    };
  }): Promise<string>;
}

const [, , home = '', stalledMs] = process.argv;
const ofElectron = createRequire(join(home, 'package.json'));
const { version } = ofElectron('./package.json') as { version: string };
const { downloadArtifact } = (await import(pathToFileURL(ofElectron.resolve('@electron/get')).href)) as ElectronGet;

const stalled = new AbortController();
const giveUp = () => stalled.abort(new Error('stalled'));
let timer = setTimeout(giveUp, Number(stalledMs));
let said = -1;
try {
  const cacheRoot = process.env.electron_config_cache;
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: ofElectron('./checksums.json') as Record<string, string>,
    ...(cacheRoot ? { cacheRoot } : {}),
    downloadOptions: {
      quiet: true,
      signal: stalled.signal,
      getProgressCallback({ total, percent }) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, Number(stalledMs));
        const now = Math.floor(percent * 100);
        if (total === null || now === said) return;
        said = now;
        console.log(`fetched ${now} % of ${Math.round(total / 1e6)} MB`);
      },
    },
  });
  clearTimeout(timer);
  // Finds the file in the cache and unpacks it.
  ofElectron('./install.js');
} catch (error) {
  clearTimeout(timer);
  console.error(downloadFailure(error));
  process.exit(1);
}
