import type { BridgeHost, Undo } from '#contract/bridge.ts';
import type { Desktop } from '#contract/desktop.ts';
import type { Alert } from './alerts/alert.ts';
import type { MachineDiagnostics } from './ports.ts';

/** Where the server is and who we are to it. Kept by the host ({@link ConnectionStore}), never in a database. */
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
  /** Where server and token are kept. */
  connection: ConnectionStore;
  /** Shown until the server says what this display is called. */
  deviceName?: string;
  /** For a diagnosis; without it there is none. */
  machine?: MachineDiagnostics;
}

/** The product, whole, free of its platform: made by `createDisplay(ports, options)`. Both hosts compose this and no more. */
export interface Display extends BridgeHost {
  /** Opens cache and queue and begins to link. Does not wait for a server, and a missing one is no failure. */
  start(): Promise<void>;
  /** What is worth a native notification (A2). A host that can show one listens; where nobody does, nothing counts as told. */
  onAlert(listener: (alert: Alert) => void): Undo;
  /** What the installed app found on its machine, for the screen to say. */
  setDesktop(desktop: Desktop): void;
  /** The system says that the network came or went; coming, the link is tried at once (L1). */
  networkChanged(online: boolean): void;
  /** The machine woke up: the socket is replaced, whatever it says of itself (L1). */
  wake(): void;
  /** The machine is about to sleep: what waits is sent while it can be, and what an offline start needs is written. */
  prepareForSleep(): void;
  /** Everything stopped and both databases closed. Twice is harmless. */
  close(): Promise<void>;
}
