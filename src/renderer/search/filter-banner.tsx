import { Funnel } from 'lucide-react';
import { isFiltering, NO_FILTER } from '#contract/order-filter.ts';
import { Banner } from '../banners/banner.tsx';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import { describeFilter } from './filter-choices.ts';
import { useFilteredBoard } from './use-filtered-board.ts';

/** While the board is filtered, shows the filter, how many orders it hides, and a reset button. */
export function FilterBanner() {
  const { ui } = useScreen();
  const text = useText();
  const by = useUi((ui) => ui.filter);
  const { hidden, hiddenLate } = useFilteredBoard();
  if (!isFiltering(by)) return null;
  const { t } = text;
  const words = describeFilter(by, text).join(' · ');
  return (
    <Banner
      tone="warning"
      mark="strip-filter"
      icon={<Funnel />}
      title={t('find.only', { words })}
      action={{ label: t('find.showAll'), run: () => ui.setState({ filter: NO_FILTER }) }}
    >
      <span className="figures">
        {t('find.hidden', { count: hidden })} {hiddenLate > 0 && t('find.hiddenLate', { count: hiddenLate })}
      </span>
    </Banner>
  );
}
