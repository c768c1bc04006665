import { LayoutList } from 'lucide-react';
import { memo } from 'react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { useHidden } from '../shared/use-hidden.ts';
import css from './all-day.module.css';
import type { AllDayCount } from './all-day.ts';
import { useAllDay } from './use-all-day.ts';

/** How many of each item are still to be made, as many items as fit, and the number of further items. */
export function AllDayBar() {
  const { ui } = useScreen();
  const { t } = useText();
  const counts = useAllDay();
  const [list, hidden] = useHidden<HTMLUListElement>(counts.map(wordsOf).join());
  return (
    <section className={css.bar} data-testid="all-day" aria-labelledby="all-day-title">
      <h2 id="all-day-title">{t('allday.title')}</h2>
      <ul ref={list}>
        {counts.map((count) => (
          <Chip key={`${count.name} ${count.modifiers}`} {...count} modifiers={count.modifiers.join(', ')} />
        ))}
      </ul>
      <Button
        icon={LayoutList}
        className={css.more}
        mark="open-all-day"
        aria-haspopup="dialog"
        title={t('allday.show')}
        onClick={() => ui.setState({ panel: 'all_day' })}
      >
        <span className="sr-only">{t('allday.show')}</span>
        {hidden > 0 && <span>{t('allday.more', { count: hidden })}</span>}
      </Button>
    </section>
  );
}

const wordsOf = ({ quantity, name, modifiers }: AllDayCount): string => `${quantity} ${name} ${modifiers}`;

interface ChipProps {
  name: string;
  modifiers: string;
  quantity: number;
}

/** Memoised: a push renders only the counts that it changed. */
const Chip = memo(function Chip({ name, modifiers, quantity }: ChipProps) {
  return (
    <li>
      <b className="figures">{quantity}</b> <bdi>{name}</bdi>
      {modifiers !== '' && <small> {modifiers}</small>}
    </li>
  );
});
