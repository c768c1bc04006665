import { hideSecrets } from '#core/diagnosis/secrets.ts';
import type { Log } from '#core/ports.ts';

const LEVELS = ['info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];
/** Lines kept for a diagnosis. */
const KEPT = 1_000;

export interface HostLog extends Log {
  /** The last log lines of every level, oldest first. */
  lastLines(): string;
}

/** Logs to stderr; stdout is for the address. @param least `info`, `warn` or `error`; anything else means `warn` */
export function createHostLog(least: string | undefined): HostLog {
  const from = Math.max(LEVELS.indexOf(least as Level), least === 'info' ? 0 : 1);
  const kept: string[] = [];
  const write = (level: Level) => (message: string, fields?: Record<string, unknown>) => {
    const more = fields ? ` ${JSON.stringify(fields)}` : '';
    const line = hideSecrets(`${new Date().toISOString()} ${level} ${message}${more}\n`);
    if (kept.push(line) > KEPT) kept.shift();
    if (LEVELS.indexOf(level) >= from) process.stderr.write(line);
  };
  return { info: write('info'), warn: write('warn'), error: write('error'), lastLines: () => kept.join('') };
}
