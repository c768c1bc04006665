import { axisOf } from '#renderer/figures/hour-bars.ts';
import { useText } from '../managing/page.tsx';
import type { Bar } from './chart-data.ts';

/** In SVG units; the drawing scales with its box. */
const BOX = { width: 640, height: 220, side: 52, top: 10, bottom: 24 };
const PLOT = { width: BOX.width - BOX.side - 4, height: BOX.height - BOX.top - BOX.bottom };
/** With more bars, only some are labelled. */
const MOST_LABELS = 8;

/** Bars as a drawing, and as a table for screen readers. */
export function BarChart({
  title,
  mark,
  bars,
  first,
  axis,
}: {
  title: string;
  /** Which chart it is. */
  mark: string;
  bars: readonly Bar[];
  /** Name of what the bars stand for, such as the hour. */
  first: string;
  /** A figure of the axis. */
  axis: (value: number) => string;
}) {
  const { t } = useText();
  return (
    <figure className="card chart" data-testid="chart" data-chart={mark}>
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      {bars.some(({ value }) => value > 0) ? (
        <Drawing bars={bars} axis={axis} />
      ) : (
        <p className="soft">{t('figures.none')}</p>
      )}
      <div className="sr-only">
        <table aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              <th scope="col">{t('figures.revenue')}</th>
              <th scope="col">{t('figures.orders')}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ key, label, words, orders }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{words}</td>
                <td>{orders}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Drawing({ bars, axis }: { bars: readonly Bar[]; axis: (value: number) => string }) {
  const { dir } = useText();
  const lines = axisOf(Math.max(...bars.map(({ value }) => value)));
  const top = lines.at(-1) ?? 1;
  const y = (value: number) => BOX.top + PLOT.height * (1 - value / top);
  /** Time runs in reading direction. */
  const x = (from: number, width = 0) => (dir === 'rtl' ? BOX.width - from - width : from);
  const step = PLOT.width / bars.length;
  const wide = Math.min(step * 0.72, 56);
  const every = Math.ceil(bars.length / MOST_LABELS);
  return (
    <svg className="bars" viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true">
      {lines.map((value) => (
        <g key={value}>
          <line x1={x(BOX.side)} x2={x(BOX.width)} y1={y(value)} y2={y(value)} />
          <text x={x(BOX.side - 6)} y={y(value) + 5} textAnchor={dir === 'rtl' ? 'start' : 'end'}>
            {axis(value)}
          </text>
        </g>
      ))}
      {bars.map(({ key, label, value, words, orders }, i) => {
        const middle = BOX.side + step * (i + 0.5);
        return (
          <g key={key}>
            <rect x={x(middle - wide / 2, wide)} y={y(value)} width={wide} height={y(0) - y(value)} rx={2}>
              <title>{`${label}: ${words} (${orders})`}</title>
            </rect>
            {i % every === 0 && (
              <text x={x(middle)} y={BOX.height - 5} textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
