import { existsSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeLogger } from 'electron-log';
import { hideSecrets } from '#core/diagnosis/secrets.ts';
import type { Log } from '#core/ports.ts';

/** Bytes of one file, and how many there are at most: 10 MB, some weeks of a bad link. */
const FILE_BYTES = 2 * 1024 * 1024;
const FILES = 5;
/** Lines that a diagnosis takes along. */
const LAST_LINES = 2_000;

export interface ShellLog extends Log {
  /** The end of the log, from before the last start too; oldest line first. */
  lastLines(): Promise<string>;
}

/**
 * Files in the data folder that only their owner reads, turned over by size, without secrets whoever logs them; the
 * console only where somebody started it from one.
 */
export function setupLog(logger: NodeLogger, dataDir: string, packaged: boolean): ShellLog {
  const { console, file } = logger.transports;
  /** 0 is the one that is written. */
  const path = (age: number): string => join(dataDir, 'logs', age === 0 ? 'display.log' : `display.${age}.log`);
  // Else it looks for a package.json to name itself by, and without one writes nothing at all.
  file.setAppName('Ticketrail');
  file.resolvePathFn = () => path(0);
  file.maxSize = FILE_BYTES;
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.transforms.push(({ data }: { data: unknown }) => hideSecrets(String(data)));
  file.archiveLogFn = () => {
    for (let age = FILES - 2; age >= 0; age--) if (existsSync(path(age))) renameSync(path(age), path(age + 1));
  };
  console.level = packaged ? false : 'warn';
  return {
    info: (message, fields) => logger.info(message, ...(fields ? [fields] : [])),
    warn: (message, fields) => logger.warn(message, ...(fields ? [fields] : [])),
    error: (message, fields) => logger.error(message, ...(fields ? [fields] : [])),
    async lastLines() {
      const texts = await Promise.all([path(1), path(0)].map((one) => readFile(one, 'utf8').catch(() => '')));
      return texts.join('').split('\n').slice(-LAST_LINES).join('\n');
    },
  };
}
