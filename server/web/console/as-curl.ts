import type { Method } from '../managing/api.ts';

/** One call as a command for a POSIX shell, which reads the token from `TOKEN`: a secret belongs on no screen. */
export function asCurl(origin: string, method: Method, path: string, body?: unknown): string {
  const parts = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(`${origin}/api/v1${path}`)}`];
  parts.push(`-H "authorization: Bearer $TOKEN"`);
  if (body !== undefined) {
    parts.push(`-H 'content-type: application/json'`);
    parts.push(`-d ${quoted(JSON.stringify(body))}`);
  }
  return parts.join(' \\\n  ');
}

/** In single quotes nothing is special but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
