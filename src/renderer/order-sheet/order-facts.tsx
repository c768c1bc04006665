import type { Order } from '#contract/order.ts';
import { formatMoney, formatTime } from '../i18n/format.ts';
import { useText, useTimeZone } from '../shared/screen.tsx';

/** What does not fit the ticket. */
export function OrderFacts({ order }: { order: Order }) {
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const time = (at: string) => formatTime(at, timeZone, locale);
  const facts: [string, string | null | undefined][] = [
    [t('sheet.customer'), order.customer?.name],
    [t('sheet.phone'), order.customer?.phone],
    [t('sheet.source'), [order.source, order.externalId].filter(Boolean).join(' · ')],
    [t('sheet.placed'), time(order.placedAt)],
    [t('sheet.due'), order.dueAt && time(order.dueAt)],
    [
      t('sheet.total'),
      `${formatMoney(order.totalMinor, order.currency, locale)} · ${t(`payment.${order.payment.status}`)}`,
    ],
    [t('sheet.reason'), order.reason],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figures">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}
