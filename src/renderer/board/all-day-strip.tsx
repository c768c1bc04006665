import { useMemo } from 'react';
import { useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { allDay } from './all-day.ts';

const tickets = (view: View) => view.board.tickets;

/** How many of each dish are still to be made. */
export function AllDayStrip() {
  const { t } = useText();
  const current = useView(tickets);
  const counts = useMemo(() => allDay(current.values()), [current]);
  return (
    <section className="all-day" data-testid="all-day" aria-labelledby="all-day-title">
      <h2 id="all-day-title">{t('allday.title')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <ul tabIndex={0} aria-labelledby="all-day-title">
        {counts.map(({ name, quantity }) => (
          <li key={name}>
            <b className="figures">{quantity}</b> <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
