import type { FigureRange } from '#contract/figures.ts';
import type { Stats } from '#contract/sync.ts';
import { useText } from '../shared/screen.tsx';
import css from './figures.module.css';
import { axisOf, type HourBar, hourBars } from './hour-bars.ts';

export interface HoursChartProps {
  perHour: Stats['perHour'];
  range: FigureRange;
  timeZone: string;
  money: (minor: number) => string;
}

/** In SVG units; the drawing scales with its box. */
const BOX = { width: 720, height: 210, side: 34, top: 18, bottom: 24 };
const PLOT = { width: BOX.width - BOX.side - 4, height: BOX.height - BOX.top - BOX.bottom };
/** With more bars, only every second hour is labelled. */
const MOST_LABELS = 16;

/** Orders per hour, as bars and as a table for screen readers. */
export function HoursChart({ perHour, range, timeZone, money }: HoursChartProps) {
  const { t } = useText();
  const bars = hourBars(perHour, range, timeZone);
  const title = t(range === 'week' ? 'figures.perHourOfDay' : 'figures.perHour');
  return (
    <section className={css.hours}>
      <h3>{title}</h3>
      {bars.length > 0 ? <Bars bars={bars} /> : <p className={css.hoursNone}>{t('figures.none')}</p>}
      <table className="sr-only" data-testid="figures-hours" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('figures.hour')}</th>
            <th scope="col">{t('figures.orders')}</th>
            <th scope="col">{t('figures.revenue')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ key, label, orders, revenueMinor }) => (
            <tr key={key}>
              <th scope="row">{label}:00</th>
              <td>{orders}</td>
              <td>{money(revenueMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Bars({ bars }: { bars: readonly HourBar[] }) {
  const { dir } = useText();
  const axis = axisOf(Math.max(...bars.map(({ orders }) => orders)));
  const top = axis.at(-1) ?? 1;
  const y = (orders: number) => BOX.top + PLOT.height * (1 - orders / top);
  /** Time runs in reading direction. */
  const x = (from: number, width = 0) => (dir === 'rtl' ? BOX.width - from - width : from);
  const step = PLOT.width / bars.length;
  const wide = Math.min(step * 0.72, 56);
  const every = Math.ceil(bars.length / MOST_LABELS);
  return (
    <svg className={css.hoursBars} viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true">
      {axis.map((orders) => (
        <g key={orders}>
          <line x1={x(BOX.side)} x2={x(BOX.width)} y1={y(orders)} y2={y(orders)} />
          <text x={x(BOX.side - 8)} y={y(orders) + 4} textAnchor={dir === 'rtl' ? 'start' : 'end'}>
            {orders}
          </text>
        </g>
      ))}
      {bars.map(({ key, label, orders }, i) => {
        const middle = BOX.side + step * (i + 0.5);
        return (
          <g key={key}>
            <rect x={x(middle - wide / 2, wide)} y={y(orders)} width={wide} height={y(0) - y(orders)} rx={2} />
            {orders > 0 && bars.length <= MOST_LABELS && (
              <text className={css.hoursValue} x={x(middle)} y={y(orders) - 5} textAnchor="middle">
                {orders}
              </text>
            )}
            {i % every === 0 && (
              <text x={x(middle)} y={BOX.height - 6} textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
