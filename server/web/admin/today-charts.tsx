import type { Store } from '#contract/store.ts';
import { hourBars } from '#renderer/figures/hour-bars.ts';
import { useFormats, useLive, useText } from '../managing/page.tsx';
import { BarChart } from './bar-chart.tsx';
import { useCharts } from './use-charts.ts';

/** Today by the hour, and the last 30 days. */
export function TodayCharts({ store }: { store: Store }) {
  const { t } = useText();
  const { money } = useFormats(store);
  const stats = useLive((live) => live.stats[store.id]);
  const { perDay, axis } = useCharts(store, 30);
  const hours = hourBars(stats?.perHour ?? [], 'today', store.timeZone).map((bar) => ({
    ...bar,
    value: bar.orders,
    words: money(bar.revenueMinor),
  }));
  return (
    <>
      <BarChart title={t('figures.perHour')} mark="per-hour" bars={hours} first={t('figures.hour')} axis={String} />
      <BarChart title={t('figures.perDay')} mark="per-day" bars={perDay} first={t('figures.day')} axis={axis} />
    </>
  );
}
