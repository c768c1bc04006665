import { constants, gunzipSync } from 'node:zlib';
import type { Fetched } from './subject.ts';

/** Reads it from the beginning of a compressed answer. @param cursor the field's name */
export function positionOf(beginning: Buffer, cursor: 'seq' | 'to'): Fetched['position'] {
  const text = gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  const field = (name: string): unknown =>
    JSON.parse(new RegExp(`"${name}":("[^"]*"|\\d+|null)`).exec(text)?.[1] ?? '');
  return { epoch: String(field('epoch')), cursor: Number(field(cursor)), hash: field('hash') as string | null };
}
