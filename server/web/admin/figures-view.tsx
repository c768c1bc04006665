import { useState } from 'react';
import type { Sales } from '#contract/sales.ts';
import type { Store } from '#contract/store.ts';
import type { Stats } from '#contract/sync.ts';
import { hourBars } from '#renderer/figures/hour-bars.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, useText } from '../managing/page.tsx';
import { BarChart } from './bar-chart.tsx';
import { startOfDay } from './days.ts';
import { OtherCurrencies } from './other-currencies.tsx';
import { SalesTables } from './sales-tables.tsx';
import { useCharts } from './use-charts.ts';
import { useReading } from './use-reading.ts';

/** The server reads every order of the span for them. */
const SALES_EVERY_MS = 5 * 60_000;

const RANGES = { '1': 'figures.today', '7': 'figures.last7', '30': 'figures.last30' } as const;
type Range = keyof typeof RANGES;

/** What the shop sold, when, and through what. */
export function FiguresView({ store }: { store: Store }) {
  const { t } = useText();
  const { money } = useFormats(store);
  const [range, setRange] = useState<Range>('30');
  const { days, stats, failure, perDay, perWeekday, axis } = useCharts(store, Number(range));
  const from = new Date(startOfDay(days[0] as string, store.timeZone)).toISOString();
  const sales = useReading<Sales>(`/sales?storeId=${store.id}&from=${from}`, SALES_EVERY_MS);
  const hours = hourBars(stats?.perHour ?? [], 'week', store.timeZone).map((bar) => ({
    ...bar,
    value: bar.orders,
    words: money(bar.revenueMinor),
  }));
  return (
    <section className="stack" aria-label={t('tab.figures')}>
      <label className="field short">
        <span>{t('figures.days')}</span>
        <select value={range} data-testid="range" onChange={(event) => setRange(event.target.value as Range)}>
          {Object.entries(RANGES).map(([days, words]) => (
            <option key={days} value={days}>
              {t(words)}
            </option>
          ))}
        </select>
      </label>
      <FailureLine failure={failure ?? sales.failure} />
      <div className="card">
        {stats ? <Tiles stats={stats} money={money} /> : <p role="status">{t('loading')}</p>}
        {sales.value && <OtherCurrencies of={sales.value.otherCurrencies} />}
      </div>
      <div className="charts">
        {range !== '1' && (
          <>
            <BarChart
              title={t('figures.revenuePerDay')}
              mark="per-day"
              bars={perDay}
              first={t('figures.day')}
              axis={axis}
            />
            <BarChart
              title={t('figures.weekday')}
              mark="per-weekday"
              bars={perWeekday}
              first={t('figures.day')}
              axis={axis}
            />
          </>
        )}
        <BarChart title={t('figures.hourOfDay')} mark="per-hour" bars={hours} first={t('figures.hour')} axis={String} />
        {sales.value && <SalesTables store={store} sales={sales.value} />}
      </div>
      <p className="soft">{t('figures.rule')}</p>
    </section>
  );
}

function Tiles({ stats, money }: { stats: Stats; money: (minor: number) => string }) {
  const { t, locale } = useText();
  const minutes = (seconds: number | null) =>
    seconds === null ? '–' : t('unit.minute', { value: Math.max(1, Math.round(seconds / 60)) });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const tiles: [string, string | number, string][] = [
    [t('figures.orders'), stats.orders, 'figures-orders'],
    [t('figures.revenue'), money(stats.revenueMinor), 'figures-revenue'],
    [t('figures.average'), money(stats.averageMinor), 'figures-average'],
    [t('figures.median'), minutes(stats.preparation.medianSeconds), 'figures-median'],
    [t('figures.p90'), minutes(stats.preparation.p90Seconds), 'figures-p90'],
    [t('figures.onTime'), stats.onTimeShare === null ? '–' : percent.format(stats.onTimeShare), 'figures-on-time'],
    [t('status.cancelled'), stats.byStatus.cancelled ?? 0, 'figures-cancelled'],
    [t('status.rejected'), stats.byStatus.rejected ?? 0, 'figures-rejected'],
  ];
  return (
    <dl className="tiles eight">
      {tiles.map(([name, value, mark]) => (
        <div key={mark}>
          <dt>{name}</dt>
          <dd className="figures" data-testid={mark}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
