import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import { turnPage } from '../shared/turn-page.ts';
import type { Ui } from '../shared/ui-store.ts';
import css from './pager.module.css';

const shown = (ui: Ui) => Math.min(ui.page, ui.pages - 1);
const count = (ui: Ui) => ui.pages;
const elsewhere = (ui: Ui) => ui.elsewhere;

/** The current page of the grid, buttons to the other pages, and how many new orders are before and after it. */
export function Pager() {
  const { ui } = useScreen();
  const { t } = useText();
  const at = useUi(shown);
  const pages = useUi(count);
  const { before, after } = useUi(elsewhere);
  if (pages < 2) return null;
  return (
    <nav className={css.pager} data-testid="pager" aria-label={t('page.label')}>
      <Button
        icon={ChevronLeft}
        className={css.turn}
        mark="page-back"
        data-unseen={before > 0}
        disabled={at === 0}
        onClick={() => turnPage(ui, 'back')}
      >
        <span className="sr-only">{t('page.back')}</span>
        {before > 0 && <span>{t('page.new', { count: before })}</span>}
      </Button>
      <span className={`${css.at} figures`} data-testid="page-at" title={t('page.of', { page: at + 1, pages })}>
        {at + 1} / {pages}
      </span>
      <Button
        className={css.turn}
        mark="page-next"
        data-unseen={after > 0}
        disabled={at === pages - 1}
        onClick={() => turnPage(ui, 'next')}
      >
        {after > 0 && <span>{t('page.new', { count: after })}</span>}
        <span className="sr-only">{t('page.next')}</span>
        <ChevronRight />
      </Button>
    </nav>
  );
}
