import { fastifyCookie } from '@fastify/cookie';
import type { App } from './app.ts';

/** The cookie of a page that an admin or manager has signed in to (contract, section 9). */

const NAME = 'ticketrail_session';
const SECONDS = 12 * 3_600;
const OPTIONS = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

/** Call it first: the plugin loads only then what reads and writes cookies. */
export async function addCookies(app: App): Promise<void> {
  await app.register(fastifyCookie, { hook: false });
}

/** The session that a request's `Cookie` header names. */
export function sessionOf(cookies: string | undefined): string | null {
  const session = cookies === undefined ? undefined : fastifyCookie.parse(cookies)[NAME];
  return session !== undefined && /^[\w-]{1,100}$/.test(session) ? session : null;
}

/** @param secure whether the request came by https */
export const cookieOf = (session: string, secure: boolean): string =>
  fastifyCookie.serialize(NAME, session, { ...OPTIONS, maxAge: SECONDS, secure });

/** Removes the cookie. */
export const endedCookie = (secure: boolean): string =>
  fastifyCookie.serialize(NAME, '', { ...OPTIONS, maxAge: 0, secure });
