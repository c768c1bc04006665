import { LayoutList } from 'lucide-react';
import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import css from './all-day.module.css';
import type { AllDayCount } from './all-day.ts';
import { useAllDay } from './use-all-day.ts';

/** How many of each item are still to be made, as many items as fit, and the number of further items. */
export function AllDayBar() {
  const { ui } = useScreen();
  const { t } = useText();
  const counts = useAllDay();
  const [list, hidden] = useHidden<HTMLUListElement>(counts);
  return (
    <section className={css.bar} data-testid="all-day" aria-labelledby="all-day-title">
      <h2 id="all-day-title">{t('allday.title')}</h2>
      <ul ref={list}>
        {counts.map((count) => (
          <Chip key={`${count.name} ${count.modifiers}`} {...count} />
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

const Chip = memo(function Chip({ name, modifiers, quantity }: AllDayCount) {
  return (
    <li>
      <b className="figures">{quantity}</b> <bdi>{name}</bdi>
      {modifiers.length > 0 && <small> {modifiers.join(', ')}</small>}
    </li>
  );
});

/** How many children of a one-line list do not fit: they wrap out of sight, so that none is cut. */
function useHidden<E extends HTMLElement>(content: unknown): [list: RefObject<E | null>, hidden: number] {
  const list = useRef<E>(null);
  const [hidden, setHidden] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content wraps differently
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // The observer runs after the browser's layout, so measuring forces no layout.
    const observer = new ResizeObserver(() => {
      const [first, ...others] = element.children as unknown as HTMLElement[];
      setHidden(others.filter((child) => child.offsetTop > (first?.offsetTop ?? 0)).length);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [content]);
  return [list, hidden];
}
