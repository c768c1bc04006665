import { join } from 'node:path';
import { electronHome, hasDesktop, installedElectron } from './electron-binary.ts';
import { ourNode, type Supervised, supervise } from './supervise.ts';

/** A download that brings nothing for so long is given up, ms. */
const STALLED_MS = 60_000;

/**
 * Fetches Electron's binary while the board is in the browser, and says how far it is. Stop it when the program ends. Null: there
 * is no desktop, it is here already, or a variable of its documentation forbids it.
 */
export function fetchElectron(
  root: string,
  logFile: string,
  say: (line: string) => void,
  stalledMs = STALLED_MS,
): Supervised | null {
  const home = electronHome(root);
  const { ELECTRON_SKIP_BINARY_DOWNLOAD: skip, ELECTRON_OVERRIDE_DIST_PATH: given } = process.env;
  if (!home || skip || given || !hasDesktop(process.platform, process.env) || installedElectron(root)) return null;
  let said = 0;
  say('Fetching Electron, for a board in its own window. --no-window leaves that out.');
  return supervise({
    ...ourNode(root, join('scripts/start', 'electron-download.ts'), home, String(stalledMs)),
    // Without these Node ignores the proxy and the system's certificates.
    env: { NODE_USE_ENV_PROXY: '1', NODE_USE_SYSTEM_CA: '1', ...process.env },
    logFile,
    onLine(line) {
      const [, percent, megabytes] = /^fetched (\d+) % of (\d+) MB$/.exec(line)?.map(Number) ?? [];
      if (percent === undefined || percent < said + 25 || percent === 100) return;
      said = percent;
      say(`Fetching Electron: ${percent} % of ${megabytes} MB`);
    },
    onEnd({ code, last }) {
      if (code === 0) say('Electron is here: the next start opens a window.');
      else say(`Electron could not be fetched, so the board stays in the browser. ${last}`);
      return false;
    },
  });
}
