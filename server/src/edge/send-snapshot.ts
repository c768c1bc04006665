import { finished } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SnapshotBody } from '../log/snapshot-bodies.ts';

/** Sends the shared bytes as they are; a client that does not accept gzip gets them decompressed while it reads. */
export function sendSnapshot(
  { gzip, readBy }: SnapshotBody,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  finished(
    reply.raw,
    readBy(() => reply.raw.destroy()),
  );
  reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
  if (acceptsGzip(headers['accept-encoding'])) return reply.header('content-encoding', 'gzip').send(gzip);
  return reply.send(createGunzip().end(gzip));
}

/** RFC 9110, section 12.5.3. */
export function acceptsGzip(header = ''): boolean {
  return header
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';').map((part) => part.trim()))
    .some(([name, quality]) => (name === 'gzip' || name === '*') && !/^q=0(\.0*)?$/.test(quality ?? ''));
}
