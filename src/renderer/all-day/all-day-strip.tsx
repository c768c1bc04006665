import { LayoutList } from 'lucide-react';
import { memo } from 'react';
import { useScreen, useText } from '../shared/screen.tsx';
import type { AllDayCount } from './all-day.ts';
import { useAllDay } from './use-all-day.ts';
import { useHidden } from './use-hidden.ts';
import './all-day.css';

/** How many of each dish are still to be made: as many as there is room for, and how many more there are. */
export function AllDayStrip() {
  const { ui } = useScreen();
  const { t } = useText();
  const counts = useAllDay();
  const [list, hidden] = useHidden<HTMLUListElement>(counts);
  return (
    <section className="all-day" data-testid="all-day" aria-labelledby="all-day-title">
      <h2 id="all-day-title">{t('allday.title')}</h2>
      <ul ref={list}>
        {counts.map((count) => (
          <Chip key={`${count.name} ${count.modifiers}`} {...count} />
        ))}
      </ul>
      <button
        type="button"
        className="all-day-more"
        data-testid="open-all-day"
        aria-haspopup="dialog"
        title={t('allday.show')}
        onClick={() => ui.setState({ panel: 'all_day' })}
      >
        <LayoutList aria-hidden="true" />
        <span className="sr-only">{t('allday.show')}</span>
        {hidden > 0 && <span>{t('allday.more', { count: hidden })}</span>}
      </button>
    </section>
  );
}

const Chip = memo(function Chip({ name, modifiers, quantity }: AllDayCount) {
  return (
    <li>
      <b className="figures">{quantity}</b> <bdi>{name}</bdi>
      {modifiers.length > 0 && <small> {modifiers.join(', ')}</small>}
    </li>
  );
});
