import { offsetAt } from '#contract/local-time.ts';

const WALL = /^(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?( ?[ap]m\b)?/i;
const ZONED = /(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The moment that a shop's text means: with a zone, without one (local), or seconds since 1970. null: it is not a time.
 *
 * @returns UTC, ISO 8601
 */
export function localInstant(text: string, timeZone: string): string | null {
  const trimmed = text.trim();
  if (/^\d{10}$/.test(trimmed)) return new Date(Number(trimmed) * 1_000).toISOString();
  if (ZONED.test(trimmed) && WALL.test(trimmed)) return isoOf(Date.parse(trimmed.replace(' ', 'T')));
  const found = WALL.exec(trimmed);
  if (!found) return null;
  const [year = 0, month = 1, day = 1, twelve = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const half = found[7]?.trim().toLowerCase();
  const hour = half === undefined ? twelve : (twelve % 12) + (half === 'pm' ? 12 : 0);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  if (hour > 23 || minute > 59 || new Date(wall).getUTCDate() !== day) return null;
  // Twice, for the offset is the one at the moment and not at the wall's time read as UTC.
  const near = wall - offsetAt(wall, timeZone);
  return isoOf(wall - offsetAt(near, timeZone));
}

function isoOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
