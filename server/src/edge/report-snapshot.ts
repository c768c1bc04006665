import type { FastifyBaseLogger } from 'fastify';
import type { Caller } from '../service.ts';
import type { Metrics } from './metrics.ts';
import type { Sockets } from './sockets/create-sockets.ts';

/** Somebody asks for everything. */
export type NoteSnapshot = (caller: Caller) => void;

/**
 * Counts displays that ask for everything while they follow the log and were not told to start over: they had the same
 * cursor and another digest (S6). That is a silent divergence, and must stay 0.
 */
export function createNoteSnapshot(
  metrics: Metrics,
  log: FastifyBaseLogger,
  seats: () => Sockets['seats'],
): NoteSnapshot {
  return ({ role, id: deviceId, storeId }) => {
    if (role !== 'display') return;
    const seat = [...seats().of(storeId)].find((one) => one.device.id === deviceId && one.position !== null);
    if (!seat) return;
    metrics.divergences.inc();
    log.error(
      { deviceId, storeId, cursor: seat.cursor },
      'a display that was up to date has other orders than the log',
    );
  };
}
