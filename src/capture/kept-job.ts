import type { Printed } from './printed.ts';

/** A job that is on disk. */
export interface KeptJob {
  id: string;
  /** ms since 1970. */
  at: number;
  printed: Printed;
}
