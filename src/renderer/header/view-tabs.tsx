import { useArranged } from '../board/use-arranged.ts';
import { useSwipes } from '../board/use-swipes.ts';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import { VIEWS, type ViewName } from '../shared/ui-store.ts';
import { useScope } from '../stations/scope-context.tsx';
import css from './header.module.css';

/**
 * The views, each with its number of orders. The left and right keys move between them. A phone shows one status at a time, so it
 * has no view of all open orders; at the pass, the first view is the pass.
 */
export function ViewTabs() {
  const { ui } = useScreen();
  const { t, dir } = useText();
  const view = useUi((ui) => ui.view);
  const { counts, made, statuses } = useArranged();
  const swipes = useSwipes();
  const isPass = useScope().screen === 'pass';
  const columns: readonly ViewName[] = statuses;
  const isShown = (name: ViewName): boolean => name === 'done' || name === view || columns.includes(name);
  const shown = VIEWS.filter((name) => (name === 'open' ? !swipes : isShown(name)));

  function move(name: ViewName, step: number): void {
    const to = shown[(shown.indexOf(name) + (dir === 'rtl' ? -step : step) + shown.length) % shown.length];
    if (!to) return;
    ui.setState({ view: to });
    document.getElementById(`tab-${to}`)?.focus();
  }

  return (
    <div className={css.tabs} role="tablist" aria-label={t('view.label')}>
      {shown.map((name) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          aria-selected={view === name}
          aria-controls="board"
          tabIndex={view === name ? 0 : -1}
          data-view={name}
          onClick={() => ui.setState({ view: name })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
            event.stopPropagation();
            move(name, event.key === 'ArrowRight' ? 1 : -1);
          }}
        >
          {isPass && name === 'open' ? t('pass.name') : t(`view.${name}`)}
          <span className={`${css.tabCount} figures`}>{isPass && name === 'open' ? made.length : counts[name]}</span>
        </button>
      ))}
    </div>
  );
}
