import type { ProfileSummary } from '../profile/sum-up-profile.ts';
import type { Subject } from '../subjects/subject.ts';

/** Figures of one round or turn, by name; see {@link UNITS}. */
export type Figures = Record<string, number>;

/** What can be put under a load. `postgres-2`: two nodes on one database. */
export type SubjectName = 'ticketrail' | 'ws-full' | 'ws-normal' | 'socket-io' | 'postgres' | 'postgres-2';

/** An aim: a figure of one subject as a multiple of one of another, both of the same round. */
export interface Aim {
  what: string;
  of: [SubjectName, figure: string];
  than: [SubjectName, figure: string];
  bound: { atMost: number } | { atLeast: number };
}

/** One part of a load: what is measured in turn on several subjects. */
export interface Part<Turn> {
  title: string;
  /** What happens in a turn. */
  what: string;
  subjects: readonly SubjectName[];
  rounds: number;
  /** Of each subject in a round. */
  turns: number;
  /**
   * Starts a subject and prepares it.
   *
   * @param start the subject ends with the run
   * @returns takes one turn
   */
  begin(start: () => Promise<Subject>, name: SubjectName): Promise<() => Promise<Turn>>;
  figuresOf(turns: readonly Turn[]): Figures;
  aims: readonly Aim[];
  /** Subjects whose processes are profiled once more after the measured turns, so that it costs those nothing. */
  profiled: readonly SubjectName[];
}

/** The median of the rounds, and how far they lie apart. */
export interface Measured {
  median: number;
  least: number;
  most: number;
}

export interface Outcome extends Measured {
  what: string;
  bound: Aim['bound'];
  met: boolean;
}

export interface PartResult {
  title: string;
  what: string;
  rounds: number;
  turns: number;
  /** By subject, then by figure. */
  figures: Record<string, Record<string, Measured>>;
  outcomes: Outcome[];
  /** By subject. */
  profiles: Record<string, ProfileSummary>;
}

/** A load as it is written to `bench/results/`. */
export interface LoadResult {
  name: string;
  title: string;
  /** Load average when it began: above 1, something else was running. */
  loadAverage: number;
  seconds: number;
  parts: PartResult[];
}
