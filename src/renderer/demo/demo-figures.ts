import type { FigureRange, Figures } from '#contract/figures.ts';
import type { Link } from '#contract/link.ts';
import { startOfLocalDay } from '#contract/local-time.ts';
import { type OrderFacts, summarise } from '#contract/summarise.ts';

const TIME_ZONE = 'Asia/Tbilisi';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Orders in each hour of a day, from eleven on. */
const BUSY = [2, 6, 11, 7, 3, 2, 4, 9, 14, 12, 8, 3];
const DAYS: Record<FigureRange, readonly number[]> = { today: [0], yesterday: [1], week: [0, 1, 2, 3, 4, 5, 6] };

/** Believable days, summed up by the contract's own function. */
export function demoFigures(range: FigureRange, link: Link): Figures {
  const today = startOfLocalDay(Date.now(), TIME_ZONE);
  const rows = DAYS[range].flatMap((day) => ordersOf(today - day * DAY_MS, day));
  return {
    range,
    from: today - (DAYS[range].at(-1) ?? 0) * DAY_MS,
    to: range === 'yesterday' ? today : Date.now(),
    live: link.state === 'live',
    asOf: link.state === 'live' ? Date.now() : link.lastWordAt,
    missingBefore: null,
    stats: summarise(rows, TIME_ZONE),
    late: Math.round(rows.length / 14),
    recalled: Math.round(rows.length / 30),
  };
}

function ordersOf(midnight: number, day: number): OrderFacts[] {
  return BUSY.flatMap((count, hour) =>
    Array.from({ length: (count + day * hour) % 15 }, (_, i): OrderFacts => {
      const created = midnight + (11 + hour) * HOUR_MS + i * 210_000;
      const iso = (minutes: number) => new Date(created + minutes * 60_000).toISOString();
      const minutes = 4 + ((i * 7 + hour * 3) % 13);
      const status = i % 23 === 22 ? 'cancelled' : day > 0 || hour < 9 ? 'completed' : i % 3 ? 'preparing' : 'ready';
      return {
        status,
        totalMinor: 1_800 + ((i * 37 + hour * 91) % 60) * 90,
        createdAt: iso(0),
        dueAt: i % 2 ? iso(14) : null,
        startedAt: iso(1),
        readyAt: status === 'preparing' ? null : iso(1 + minutes),
      };
    }),
  );
}
