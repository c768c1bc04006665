import type { Term } from '../leases/term.ts';
import type { OpenParts } from './open-source.ts';
import type { TakeParts } from './take-orders.ts';

/** What a running source needs. */
export interface RunParts extends OpenParts, TakeParts {
  /** As of the term that the work is a part of. */
  confirm: Term['confirm'];
  logger: { warn(details: object, message: string): void };
}
