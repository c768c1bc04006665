import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Log } from '#core/ports.ts';
import { type KeptWindow, keptWindows } from './policy/kept-windows.ts';

export interface WindowFile {
  read(): KeptWindow[];
  /** At once, since the next moment may be the machine's last. A disk that does not take it costs a window its place. */
  write(windows: readonly KeptWindow[]): void;
}

/** Where the windows stood, in a file of its own: no setting, and no loss. */
export function windowFile(path: string, log: Log): WindowFile {
  return {
    read() {
      try {
        return keptWindows(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return [];
      }
    },
    write(windows) {
      try {
        writeFileSync(`${path}.new`, JSON.stringify({ windows }));
        renameSync(`${path}.new`, path);
      } catch (error) {
        log.warn('where the windows stand could not be kept', { error: String(error) });
      }
    },
  };
}
