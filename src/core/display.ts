import type { BridgeHost, Undo } from '#contract/bridge.ts';
import type { Desktop } from '#contract/desktop.ts';
import type { Alert } from './alerts/alert.ts';
import type { MachineDiagnostics } from './ports.ts';
import type { TillHost } from './till/till-host.ts';

/** The server's address and this device's token. The host keeps it ({@link ConnectionStore}), never a database. */
export interface Connection {
  serverUrl: string;
  token: string;
}

/** Where the token lives: a file only its owner can read, or the system's key store. */
export interface ConnectionStore {
  read(): Promise<Connection | null>;
  write(connection: Connection): Promise<void>;
}

export interface DisplayOptions {
  appVersion: string;
  /** Stores server and token. */
  connection: ConnectionStore;
  /** Shown until the server sends this display's name. */
  deviceName?: string;
  /** Enables the diagnosis. */
  machine?: MachineDiagnostics;
  /** Lets the computer be a kitchen printer to tills; `connection` stores the server and the token with which tickets become orders. */
  till?: { host: TillHost; connection: ConnectionStore };
}

/** The whole display, independent of the platform; made by `createDisplay(ports, options)`. Hosts use only this. */
export interface Display extends BridgeHost {
  /** Opens cache and queue and starts connecting. Does not wait for a server; a missing server is no failure. */
  start(): Promise<void>;
  /** Native notifications (A2), for hosts that can show them. Without a listener, none is recorded as shown. */
  onAlert(listener: (alert: Alert) => void): Undo;
  /** Facts about the machine that the installed app found, for the screen. */
  setDesktop(desktop: Desktop): void;
  /** The operating system reports the network up or down. When it is up, the link reconnects at once (L1). */
  networkChanged(online: boolean): void;
  /** The machine woke up: replaces the socket, even if it reports that it is connected (L1). */
  wake(): void;
  /** The machine is about to sleep: sends waiting commands and saves what an offline start needs. */
  prepareForSleep(): void;
  /** Stops everything and closes the databases. Idempotent. */
  close(): Promise<void>;
}
