import { axisOf } from '#renderer/figures/hour-bars.ts';
import { useText } from '../managing/page.tsx';
import type { Bar } from './chart-data.ts';
import { useWidth } from './use-width.ts';

/** px. The drawing is as wide as its card, so that its words are as large on a phone as on a desktop. */
const BOX = { height: 200, top: 10, bottom: 28, end: 4 };
const FIRST_WIDTH = 640;
/** Room for a digit of the axis and for a letter below the bars, px. */
const DIGIT = 8;
const LETTER = 7;
const BETWEEN_LABELS = 12;

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
  const [box, width] = useWidth(FIRST_WIDTH);
  const lines = axisOf(Math.max(...bars.map(({ value }) => value)));
  const top = lines.at(-1) ?? 1;
  const side = longest(lines.map(axis)) * DIGIT + 8;
  const plot = { width: width - side - BOX.end, height: BOX.height - BOX.top - BOX.bottom };
  const y = (value: number) => BOX.top + plot.height * (1 - value / top);
  /** Time runs in reading direction. */
  const x = (from: number, wide = 0) => (dir === 'rtl' ? width - from - wide : from);
  const step = plot.width / bars.length;
  const wide = Math.min(step * 0.72, 56);
  const labelWidth = longest(bars.map(({ label }) => label)) * LETTER;
  // With many bars, only some are labelled.
  const most = Math.max(1, Math.floor(plot.width / (labelWidth + BETWEEN_LABELS)));
  const every = Math.ceil(bars.length / most);
  return (
    <div ref={box}>
      <svg className="bars" viewBox={`0 0 ${width} ${BOX.height}`} height={BOX.height} aria-hidden="true">
        {lines.map((value) => (
          <g key={value}>
            <line x1={x(side)} x2={x(width)} y1={y(value)} y2={y(value)} />
            <text x={x(side - 8)} y={y(value) + 5} textAnchor={dir === 'rtl' ? 'start' : 'end'}>
              {axis(value)}
            </text>
          </g>
        ))}
        {bars.map(({ key, label, value, words, orders }, i) => {
          const middle = side + step * (i + 0.5);
          return (
            <g key={key}>
              <rect x={x(middle - wide / 2, wide)} y={y(value)} width={wide} height={y(0) - y(value)} rx={2}>
                <title>{`${label}: ${words} (${orders})`}</title>
              </rect>
              {i % every === 0 && (
                <text x={x(Math.min(middle, width - labelWidth / 2))} y={BOX.height - 6} textAnchor="middle">
                  {label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const longest = (words: readonly string[]): number => Math.max(...words.map(({ length }) => length));
