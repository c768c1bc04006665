import { oncePerLauncher } from './once-per-launcher.ts';

/** Requests a minute that a token has on {@link limitedServer}. */
export const RATE_LIMIT = 25;

/** A server with limits, for the checks that run into them; the one under test has none, so that checks do not meet. */
export const limitedServer = oncePerLauncher((launcher) => launcher.start({ RATE_LIMIT: String(RATE_LIMIT) }));
