import { DatabaseError } from 'pg';

const LOST = 'it does not answer; start it, or check the address in DATABASE_URL and the network';

/** Of Node and the driver. */
const WITHOUT_STATE: Record<string, string> = {
  ENOTFOUND: 'there is no host of this name; check DATABASE_URL',
  EAI_AGAIN: 'there is no host of this name, or the network is away; check DATABASE_URL',
  ENOENT: 'there is no such socket; check DATABASE_URL',
};

/** A readable sentence on what is wrong with a PostgreSQL server and what to do; null for other errors. */
export function describePostgresError(error: unknown): string | null {
  const found = [error, error instanceof Error && error.cause].find(isOfDatabase);
  if (!found) return null;
  if (!(found instanceof DatabaseError)) return WITHOUT_STATE[found.code ?? ''] ?? LOST;
  const code = found.code ?? '';
  if (/^28/.test(code)) return 'it refuses the user or password in DATABASE_URL';
  if (code === '3D000') return 'it has no database of this name; create it, or correct DATABASE_URL';
  if (code === '42501') return 'this user may not do what the server needs; make it the owner of the database';
  if (code === '53300') return 'it has too many connections; raise max_connections, or close others';
  if (code === '53100') return 'its disk is full; make room on it';
  if (code === '25006') return 'it may only be read; name the primary server';
  if (/^57P/.test(code)) return 'it is starting or shutting down';
  if (/^XX00[12]/.test(code)) return 'it is damaged; restore a backup';
  return found.message;
}

/** Connection errors have a code of Node, or only the driver's message. */
const isOfDatabase = (error: unknown): error is Error & { code?: string } =>
  error instanceof DatabaseError ||
  (error instanceof Error &&
    (/^E[A-Z_]+$/.test((error as NodeJS.ErrnoException).code ?? '') || DRIVER.test(error.message)));

const DRIVER = /^(Connection terminated|timeout exceeded|timeout expired|Query read timeout|Client (has|was))/;
