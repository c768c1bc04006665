/** What a check of the contract is, and what it gets to work with. */

/** A server to be held against the contract, and what we know of its settings (contract, section 2). */
export interface Subject {
  /** The root, without a slash at the end: `http://127.0.0.1:4310`. */
  url: string;
  adminToken: string;
  metricsToken?: string | undefined;
  /** One of its `CORS_ORIGINS`. */
  corsOrigin?: string | undefined;
  customerSecret?: string | undefined;
  /** Starts another server like this one; missing when only the running one may be used. */
  launcher?: Launcher | undefined;
}

export interface Launcher {
  /** A server on a free port with these settings over the usual ones; resolves when it is ready. */
  start(settings?: Settings, dir?: string): Promise<Launched>;
  /** Starts one that is expected to stop by itself: how it ended, and everything it printed. */
  refuse(settings: Settings): Promise<{ code: number | null; output: string }>;
}

/** Settings by name; `undefined` leaves one out. */
export type Settings = Record<string, string | undefined>;

export interface Launched extends Subject {
  /** Where its database lies; a server started with the same one goes on where this one stopped. */
  dir: string;
  /** Ends it, by default politely; resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** One run of one check: the server, and a place to hang what has to be undone afterwards. */
export interface Trial extends Subject {
  /** Runs when the check is over, passed or failed; the last one added is undone first. */
  after(undo: () => unknown): void;
}

export type Check = (trial: Trial) => Promise<void>;

/** Parts of the contract that a server may get later than the rest; they can be left out by name. */
export const PARTS = ['customers', 'admin-socket'] as const;
export type Part = (typeof PARTS)[number];

export interface Group {
  title: string;
  /** By name: the rule or section in brackets, then what somebody outside expects. */
  checks: Record<string, Check>;
  part: Part | null;
  /** Has to wait for longer than 15 s; left out unless asked for. */
  slow: boolean;
}

export function group(
  title: string,
  checks: Record<string, Check>,
  { part, slow = false }: { part?: Part; slow?: boolean } = {},
): Group {
  return { title, checks, part: part ?? null, slow };
}

/** Thrown by a check that cannot be made here; the message says what it needs. */
export class Skip extends Error {}

/** The launcher, or a {@link Skip}. */
export function launcherOf(trial: Trial): Launcher {
  if (!trial.launcher) throw new Skip('needs a server that the suite may start: --start');
  return trial.launcher;
}
