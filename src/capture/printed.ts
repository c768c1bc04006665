import type { JobLine } from '#contract/caught-job.ts';

/** What a till printed between two cuts. */
export interface Printed {
  /** Without blank lines. */
  lines: readonly JobLine[];
  /** Lines beyond those that are kept. */
  moreLines: number;
  /** Whether it ended with a cut. */
  complete: boolean;
  /** SHA-256 of its bytes from the first that prints, without status requests; hexadecimal. */
  hash: string;
  /** Pictures and bar codes, which are not read. */
  pictures: number;
  /** Bytes that are neither text nor a command of a printer. */
  strays: number;
  /** Commands of a printer. */
  commands: number;
  /** Code pages whose letters cannot be read. */
  unreadable: readonly string[];
}

/** A request of the till for the printer's state. */
export interface Ask {
  /** `realtime` is answered at once, `ordered` after all that came before it is stored. */
  when: 'realtime' | 'ordered';
  what: 'status' | 'sensor' | 'drawer' | 'identity' | 'automatic' | 'process';
  /** Parameters of the request. */
  parameters: readonly number[];
}

export type ReadEvent =
  | { kind: 'job'; printed: Printed }
  | { kind: 'ask'; ask: Ask }
  /** More than can be one job came without a cut. Nothing more is read. */
  | { kind: 'too-long' };
