import type { EventEmitter } from 'node:events';
import type { NodeLogger } from 'electron-log';
import type { Updates } from './setup-updater.ts';
import type { ElectronApi } from './shell.ts';

export interface BootOptions {
  electron: ElectronApi;
  logger: NodeLogger;
  /** The built screen's folder, and the path of the built preload script. */
  screenDir: string;
  preload: string;
  /** The folder of the tray and task bar icons. */
  trayIcons: string;
  /** Node's `process`, for its events and arguments. */
  program: EventEmitter & { argv: string[] };
  /** Reads `TICKETRAIL_SERVER`, `TICKETRAIL_TOKEN` and `TICKETRAIL_DATA`. */
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** Null: the program does not update itself. */
  updates: Updates | null;
  /** Makes Node trust the system's certificate authorities. It may throw. */
  trustSystem(): void;
  /** Whether a Linux desktop shows tray icons. */
  hasTrayHost(): Promise<boolean>;
}

export interface Booted {
  /** Waits until the script of a page runs. @throws if none does within this time, ms */
  pageReady(withinMs: number): Promise<void>;
}
