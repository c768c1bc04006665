/** A server under test, and its known settings (contract, section 2). */
export interface Subject {
  /** The root, without a slash at the end: `http://127.0.0.1:4310`. */
  url: string;
  adminToken: string;
  metricsToken?: string | undefined;
  /** One of its `CORS_ORIGINS`. */
  corsOrigin?: string | undefined;
  customerSecret?: string | undefined;
  /** Starts another server like this one; missing if only the running one may be used. */
  launcher?: Launcher | undefined;
}

/** Settings by name; `undefined` removes one. */
export type Settings = Record<string, string | undefined>;

export interface Launcher {
  /** Starts a server on a free port with these settings besides the usual ones; resolves when it is ready. */
  start(settings?: Settings, dir?: string): Promise<Launched>;
  /** Starts one that must stop by itself. @returns its exit code and output */
  refuse(settings: Settings): Promise<{ code: number | null; output: string }>;
}

export interface Launched extends Subject {
  /** Its data folder; a server that starts on the same one continues from there. */
  dir: string;
  /** Stops it, by default with SIGTERM; resolves when it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Thrown by a check that cannot run here; the message says what it needs. */
export class Skip extends Error {}

/** @throws {@link Skip} when the suite may not start servers */
export function launcherOf({ launcher }: Subject): Launcher {
  if (!launcher) throw new Skip('needs a server that the suite may start: --start');
  return launcher;
}

/** Does something slow (a server with other settings, a crash) once for all checks of a run. */
export function oncePerLauncher<T>(make: (launcher: Launcher) => Promise<T>): (subject: Subject) => Promise<T> {
  const made = new WeakMap<Launcher, Promise<T>>();
  return (subject) => {
    const launcher = launcherOf(subject);
    const one = made.get(launcher) ?? make(launcher);
    made.set(launcher, one);
    return one;
  };
}

/** Requests a minute per token on {@link limitedServer}. */
export const RATE_LIMIT = 25;

/** A server with limits, to check them; the one under test has none, because checks run in parallel. */
export const limitedServer = oncePerLauncher((launcher) => launcher.start({ RATE_LIMIT: String(RATE_LIMIT) }));
