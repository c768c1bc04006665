import type { Log } from '#core/ports.ts';

const LEVELS = ['info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/**
 * One line each on stderr, for whoever keeps them (systemd, docker, `npm start`); stdout is for the address.
 *
 * @param least `info`, `warn` or `error`; anything else, and nothing, means `warn`
 */
export function createHostLog(least: string | undefined): Log {
  const from = Math.max(LEVELS.indexOf(least as Level), least === 'info' ? 0 : 1);
  const write = (level: Level) => (message: string, fields?: Record<string, unknown>) => {
    if (LEVELS.indexOf(level) < from) return;
    const more = fields ? ` ${JSON.stringify(fields)}` : '';
    process.stderr.write(`${new Date().toISOString()} ${level} ${message}${more}\n`);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
