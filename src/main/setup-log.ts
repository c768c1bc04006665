import { existsSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeLogger } from 'electron-log';
import { hideSecrets } from '#core/diagnosis/secrets.ts';
import type { Log } from '#core/ports.ts';

/** Bytes of one file, and the number of files: 10 MB hold some weeks of a bad link. */
const FILE_BYTES = 2 * 1024 * 1024;
const FILES = 5;
/** Lines included in a diagnosis. */
const LAST_LINES = 2_000;

export interface ShellLog extends Log {
  /** The end of the log, including earlier runs; oldest line first. */
  lastLines(): Promise<string>;
}

/**
 * Logs to files in the data folder. They are readable by their owner only, rotated by size, and secrets are removed from
 * every line. An unpackaged program also logs warnings to the console.
 */
export function setupLog(logger: NodeLogger, dataDir: string, packaged: boolean): ShellLog {
  const { console, file } = logger.transports;
  /** Age 0 is the current file. */
  const path = (age: number): string => join(dataDir, 'logs', age === 0 ? 'display.log' : `display.${age}.log`);
  // Otherwise it takes its name from a package.json, and without one writes nothing.
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
