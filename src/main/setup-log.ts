import { join } from 'node:path';
import type { NodeLogger } from 'electron-log';
import type { Log } from '#core/ports.ts';

/** One file in the data folder, turned over at 5 MB; the console only where somebody started it from one. */
export function setupLog(logger: NodeLogger, dataDir: string, packaged: boolean): Log {
  logger.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'display.log');
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  logger.transports.console.level = packaged ? false : 'warn';
  logger.errorHandler.startCatching({ showDialog: false });
  return {
    info: (message, fields) => logger.info(message, ...(fields ? [fields] : [])),
    warn: (message, fields) => logger.warn(message, ...(fields ? [fields] : [])),
    error: (message, fields) => logger.error(message, ...(fields ? [fields] : [])),
  };
}
