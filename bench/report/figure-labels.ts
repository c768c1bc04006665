import type { SubjectName } from '../subjects/start-subject.ts';

/** What a figure of a load is called for a reader, with its unit, and how many digits it is worth. */
export interface FigureLabel {
  label: string;
  unit: string;
  digits: number;
  /** Has bars in the chart of its part. */
  isDrawn?: true;
}

export const FIGURES: Record<string, FigureLabel> = {
  delivered_p50_ms: { label: 'delivered, median', unit: 'ms', digits: 1, isDrawn: true },
  delivered_p99_ms: { label: 'delivered, p99', unit: 'ms', digits: 1, isDrawn: true },
  answered_p50_ms: { label: 'answered, median', unit: 'ms', digits: 1 },
  answered_p99_ms: { label: 'answered, p99', unit: 'ms', digits: 1 },
  cpu_per_order_ms: { label: 'CPU time of an order', unit: 'ms', digits: 2, isDrawn: true },
  commits_per_order: { label: 'commits of an order', unit: '', digits: 2 },
  database_cpu_per_order_ms: { label: '… of PostgreSQL', unit: 'ms', digits: 2 },
  cpu_per_delivery_us: { label: 'CPU time of a delivery', unit: 'µs', digits: 1, isDrawn: true },
  deliveries_per_second: { label: 'deliveries a second', unit: '', digits: 0, isDrawn: true },
  generator_busy_share: { label: 'of that, the sender and receiver was busy for', unit: '', digits: 2 },
  orders_per_second: { label: 'orders a second', unit: '', digits: 0, isDrawn: true },
  missed_ms: { label: 'gets what was missed', unit: 'ms', digits: 0, isDrawn: true },
  missed_kb: { label: '… bytes', unit: 'kB', digits: 0 },
  polled_ms: { label: '… over HTTP', unit: 'ms', digits: 0 },
  polled_kb: { label: '… bytes of that', unit: 'kB', digits: 0 },
  missed_of_1000_orders_ms: { label: '… of 1,000 orders', unit: 'ms', digits: 0 },
  missed_of_1000_orders_kb: { label: '… bytes of that', unit: 'kB', digits: 0 },
  missed_20_at_once_ms: { label: '20 at once get what they missed', unit: 'ms', digits: 0, isDrawn: true },
  everything_ms: { label: 'fetches everything', unit: 'ms', digits: 0, isDrawn: true },
  everything_kb: { label: '… bytes of everything', unit: 'kB', digits: 0 },
  everything_20_at_once_ms: { label: '20 at once fetch everything', unit: 'ms', digits: 0, isDrawn: true },
  memory_per_display_kb: { label: 'memory of a display', unit: 'kB', digits: 1, isDrawn: true },
  cpu_per_connect_us: { label: 'CPU time to connect', unit: 'µs', digits: 0, isDrawn: true },
  cpu_per_idle_display_us_per_s: {
    label: 'CPU time of an idle display, each second',
    unit: 'µs',
    digits: 1,
    isDrawn: true,
  },
  page_opened_ms: { label: 'page opened until tickets are painted', unit: 'ms', digits: 0 },
  program_started_ms: { label: 'display program started', unit: 'ms', digits: 0 },
  sender_waited_p50_ms: { label: 'longest wait of a sender, median', unit: 'ms', digits: 0 },
  sender_waited_most_ms: { label: '… at most', unit: 'ms', digits: 0 },
  display_waited_ms: { label: 'longest wait of the display for new orders', unit: 'ms', digits: 0 },
  orders: { label: 'orders accepted', unit: '', digits: 0 },
  orders_sent_again: { label: '… sent again', unit: '', digits: 0 },
  orders_lost: { label: 'lost', unit: '', digits: 0 },
  orders_twice: { label: 'twice', unit: '', digits: 0 },
};

export const SUBJECTS: Record<SubjectName, string> = {
  ticketrail: 'Ticketrail',
  'ws-full': 'ws, FULL',
  'ws-normal': 'ws, NORMAL',
  'socket-io': 'express and Socket.io',
  postgres: 'PostgreSQL, one node',
  'postgres-2': 'PostgreSQL, two nodes',
  'postgres-2-away': 'two nodes, Redis away',
};

export const figureOf = (name: string): FigureLabel => FIGURES[name] ?? { label: name, unit: '', digits: 2 };
export const subjectOf = (name: string): string => SUBJECTS[name as SubjectName] ?? name;

/** As in `12,345` or `3.1`. */
export function numberOf(name: string, value: number): string {
  const { digits } = figureOf(name);
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** With its unit, as in `3.1 ms`. */
export const inWords = (name: string, value: number): string =>
  `${numberOf(name, value)} ${figureOf(name).unit}`.trimEnd();

/** Of a ratio: two digits that count. */
export function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–';
  return ratio >= 10 ? ratio.toFixed(0) : ratio >= 1 ? ratio.toFixed(2) : ratio.toPrecision(2);
}

export const boundInWords = (bound: { atMost: number } | { atLeast: number }): string =>
  'atMost' in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`;
