import type { FigureRange, Figures } from '#contract/figures.ts';
import type { Link } from '#contract/link.ts';
import { DAY_MS, localDay } from '#contract/local-time.ts';
import type { Settings } from '#contract/settings.ts';
import { isCalledOff } from '#contract/status.ts';
import { summarise } from '#contract/summarise.ts';
import type { Position, Stats } from '#contract/sync.ts';
import { agesOf } from '../board/ages.ts';
import { StorageError } from '../ports.ts';
import type { CountedRow, FigureStore } from '../stores.ts';
import { dayRange } from './day-range.ts';

export interface FiguresOptions {
  cache: FigureStore;
  /** Server time, ms. */
  now(): number;
  /** null: not known yet. */
  store(): { timeZone: string; currency: string } | null;
  ages(): Settings['ages'];
  windowDays(): number;
  position(): Position;
  link(): Pick<Link, 'state' | 'lastWordAt'>;
  /** The server's last figures, and when they arrived; null: none. */
  serverStats(): { stats: Stats; at: number | null } | null;
}

/**
 * Figures over this display's own copy, computed by the server's function; unanswered commands do not count yet. An
 * order is *late* if it was not ready by its `lateAt` (`agesOf`), unless it is called off or its ready time is unknown.
 */
export function createFigures(options: FiguresOptions) {
  const { cache, now, store, ages, windowDays, position, link, serverStats } = options;
  let kept: { key: string; stats: Stats } | null = null;

  function rowsOf(range: FigureRange, { timeZone, currency }: { timeZone: string; currency: string }) {
    const span = dayRange(range, now(), timeZone);
    return { span, rows: cache.figureRows(iso(span.from), iso(span.to), currency) };
  }

  /** This display may have missed steps, so the server's times count when both count the same orders. */
  function withServersTimes(own: Stats): Stats {
    const { stats } = serverStats() ?? {};
    if (!stats || sumsOf(stats) !== sumsOf(own)) return own;
    return { ...own, preparation: stats.preparation, onTimeShare: stats.onTimeShare };
  }

  return {
    /** Null: the store is not known yet. */
    of(range: FigureRange): Figures | null {
      const shop = store();
      if (shop === null) return null;
      const { span, rows } = rowsOf(range, shop);
      const at = now();
      const { state, lastWordAt } = link();
      const own = summarise(rows, shop.timeZone);
      const reach = at - windowDays() * DAY_MS;
      return {
        range,
        ...span,
        live: state === 'live',
        asOf: state === 'live' ? at : lastWordAt,
        missingBefore: reach > span.from ? reach : null,
        stats: range === 'today' ? withServersTimes(own) : own,
        late: rows.filter((row) => wasLate(row, ages(), at)).length,
        recalled: rows.filter(({ recalls }) => recalls > 0).length,
      };
    },

    /** The server's figures while live and of today, else this display's own. */
    today(): Stats | null {
      const shop = store();
      const said = serverStats();
      if (shop === null) return said?.stats ?? null;
      const { timeZone, currency } = shop;
      const day = localDay(now(), timeZone);
      if (said?.at && link().state === 'live' && localDay(said.at, timeZone) === day) return said.stats;
      const { epoch, cursor } = position();
      if (epoch === null) return said?.stats ?? null;
      const key = [epoch, cursor, day, timeZone, currency].join(' ');
      try {
        if (kept?.key !== key) kept = { key, stats: summarise(rowsOf('today', shop).rows, timeZone) };
      } catch (error) {
        // The trouble is reported elsewhere; the status must still be pushed.
        if (error instanceof StorageError) return said?.stats ?? null;
        throw error;
      }
      return withServersTimes(kept.stats);
    },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
/** Equal for figures of the same orders. */
const sumsOf = ({ orders, byStatus, revenueMinor, perHour }: Stats): string =>
  JSON.stringify([orders, Object.entries(byStatus).sort(), revenueMinor, perHour]);

function wasLate(row: CountedRow, ages: Settings['ages'], now: number): boolean {
  const { status, readyAt } = row;
  const { lateAt } = agesOf({ ...row, status: 'preparing' }, ages);
  const until = readyAt !== null ? Date.parse(readyAt) : status === 'pending' || status === 'preparing' ? now : null;
  if (isCalledOff(status) || until === null || lateAt === null) return false;
  return until > lateAt;
}
