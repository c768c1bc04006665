import type { CpuProfile } from '../profile/record-profile.ts';
import type { ProfileSummary } from '../profile/sum-up-profile.ts';
import type { SubjectName } from '../subjects/start-subject.ts';
import type { Subject } from '../subjects/subject.ts';

/** Figures of one round or turn, by name; see {@link FIGURES}. */
export type Figures = Record<string, number>;

/** An aim: a figure of one subject as a multiple of one of another, both of the same round. */
export interface Aim<Name extends string = string> {
  what: string;
  of: [Name, figure: string];
  than: [Name, figure: string];
  bound: { atMost: number } | { atLeast: number };
}

/** What is started for a part and ended with it. */
export interface Started {
  /** Recorded during its turns, if it is one that is profiled. */
  profiles: CpuProfile[];
  stop(): Promise<void>;
}

/** One part of a load: what is measured in turn on several subjects. */
export interface Part<Turn, Name extends string = SubjectName, S extends Started = Subject> {
  title: string;
  /** What happens in a turn. */
  what: string;
  subjects: readonly Name[];
  rounds: number;
  /** Of each subject in a round. */
  turns: number;
  start(name: Name, isProfiled: boolean): Promise<S>;
  /** Prepares a subject that has started. @returns takes one turn */
  begin(subject: S, name: Name): Promise<() => Promise<Turn>>;
  figuresOf(turns: readonly Turn[]): Figures;
  aims: readonly Aim<Name>[];
  /** Subjects whose processes are profiled once more after the measured turns, so that it costs those nothing. */
  profiled: readonly Name[];
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
