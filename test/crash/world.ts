import type { Api } from '#test/support/api.ts';
import type { Random } from '#test/support/random.ts';
import type { Aftermath } from './aftermath.ts';

/** The servers of a run, and what can go wrong with them. */
export interface World {
  /** For displays. */
  url: string;
  /** The HTTP API with a token, on any server at each call. */
  api(token: string): Api;
  /** Once the store `main` is there. */
  prepare?(admin: Api): Promise<void>;
  /** What is ordered there, if it matters. */
  dishes?: readonly string[];
  /** Among what goes wrong, how often it is a display that is killed, and whether that counts as one of the kills. */
  screens: { share: number; count: boolean };
  /** Whether something must be acknowledged between one thing that goes wrong and the next. */
  worksBetween: boolean;
  /** Whether a call that nobody waits for any more may still be carried out: by a server that was paused. */
  actsLate: boolean;
  /** Lets something go wrong. Null: not now, since what it would be done to is down already. */
  disturb(random: Random, kills: number): Promise<Disturbance | null>;
  /** Waits for what still comes of it once all is quiet. */
  settle?(): Promise<void>;
  /** What is wrong beyond the orders and the displays. */
  judge?(aftermath: Aftermath): Promise<{ violations: string[]; counts: Record<string, number> }>;
  /** Ends everything. @param keep the files stay. @returns where they are */
  stop(keep: boolean): Promise<void>;
}

/** Something that went wrong. */
export interface Disturbance {
  /** Such as `server SIGKILL, serving`. */
  what: string;
  /** Counts as one of the kills. */
  isKill: boolean;
  /** Resolves when what was done is undone, such as a start; rejects if it cannot be. */
  over: Promise<unknown>;
}

/** For `Disturbance.what`. */
export const DOING = { up: 'serving', starting: 'starting' } as const;
