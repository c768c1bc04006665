import type { OpenParts } from './open-source.ts';
import type { TakeParts } from './take-orders.ts';

/** What a running source needs. */
export interface RunParts extends OpenParts, TakeParts {
  logger: { warn(details: object, message: string): void };
}
