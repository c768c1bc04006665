import type { ConnectionStore, Display } from './display.ts';
import type { Ports } from './ports.ts';

export interface DisplayOptions {
  appVersion: string;
  /** Where server and token are kept. */
  connection: ConnectionStore;
  /** Shown until the server says what this display is called. */
  deviceName?: string;
}

/** Makes a display; nothing happens before `start()`. */
export declare function createDisplay(ports: Ports, options: DisplayOptions): Display;
