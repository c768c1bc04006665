import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
const OF_PROXIES = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * The token that a demo fills in on `/console` (ADR 40); empty if there is none. Only for a browser on this machine: a page of another
 * site that has its name point here would send that name as `Host`, and a proxy in front says that it is one.
 */
export async function demoToken(file: string | null, { socket, headers }: FastifyRequest): Promise<string> {
  const isHere = LOOPBACK.test(socket.remoteAddress ?? '') && LOCAL_HOST.test(headers.host ?? '');
  if (file === null || !isHere || OF_PROXIES.some((name) => headers[name] !== undefined)) return '';
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
