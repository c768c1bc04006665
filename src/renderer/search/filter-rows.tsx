import { SlidersHorizontal } from 'lucide-react';
import { isFiltering, NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';
import { Button } from '../shared/button.tsx';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { describeFilter, filterGroups } from './filter-choices.ts';
import css from './search.module.css';

export interface FilterRowsProps {
  filter: OrderFilter;
  sources: readonly string[];
  onFilter: (filter: OrderFilter) => void;
  /** Applies the filter to the board. */
  onBoard: (filter: OrderFilter) => void;
}

/** The filter options, collapsed until opened; the summary names those that are on. */
export function FilterRows({ filter, sources, onFilter, onBoard }: FilterRowsProps) {
  const text = useText();
  const { t } = text;
  const on = describeFilter(filter, text);
  return (
    <details className={css.filters}>
      <summary data-testid="filter">
        <SlidersHorizontal />
        <span>{t('find.filter')}</span>
        <bdi className={css.filtersOn}>{on.join(' · ')}</bdi>
      </summary>
      {filterGroups(filter, sources, text).map(({ name, choices }) => (
        <fieldset key={name} className={css.filterGroup}>
          <legend>{t(name)}</legend>
          {choices.map(({ key, label, on: pressed, turned }) => (
            <Button
              key={key}
              className={css.filterChoice}
              mark="filter-choice"
              data-filter={key}
              aria-pressed={pressed}
              onClick={() => onFilter(turned)}
            >
              <bdi>{label}</bdi>
            </Button>
          ))}
        </fieldset>
      ))}
      {isFiltering(filter) && (
        <p className={css.filterDo}>
          <Button mark="filter-none" onClick={() => onFilter(NO_FILTER)}>
            {t('find.filterNone')}
          </Button>
          <button type="button" className={buttons.choice} data-testid="filter-board" onClick={() => onBoard(filter)}>
            {t('find.filterBoard')}
          </button>
        </p>
      )}
    </details>
  );
}
