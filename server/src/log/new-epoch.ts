import { randomBytes } from 'node:crypto';

/** The epoch of a log that begins, or begins again after a restore, so that no display goes on from another history (S1). */
export const newEpoch = (): string => randomBytes(8).toString('hex');
