import { History, RefreshCw, Search, Settings2 } from 'lucide-react';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Brand } from './brand.tsx';
import { LinkBadge } from './link-badge.tsx';
import { NewCount } from './new-count.tsx';
import { QueueCount } from './queue-count.tsx';
import { ViewTabs } from './view-tabs.tsx';
import { WallClock } from './wall-clock.tsx';
import './header.css';

const storeName = (view: View) => view.status?.store?.name ?? null;

/** Where we are, what there is to do, and whether all of it is true right now. */
export function Header() {
  const { actions, ui } = useScreen();
  const { t } = useText();
  const name = useView(storeName);
  return (
    <header className="header">
      <Brand name={name} />
      <ViewTabs />
      <span className="grow" />
      <button
        type="button"
        className="icon-button"
        data-testid="open-search"
        aria-haspopup="dialog"
        aria-label={t('find.title')}
        title={t('find.title')}
        onClick={() => ui.setState({ panel: 'search' })}
      >
        <Search aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        data-testid="open-recall"
        aria-haspopup="dialog"
        aria-label={t('recall.title')}
        title={t('recall.title')}
        onClick={() => ui.setState({ panel: 'recall' })}
      >
        <History aria-hidden="true" />
      </button>
      <NewCount />
      <QueueCount />
      <LinkBadge />
      <button
        type="button"
        className="icon-button"
        data-testid="refresh"
        aria-label={t('refresh.label')}
        title={t('refresh.label')}
        onClick={() => actions.refresh()}
      >
        <RefreshCw aria-hidden="true" />
      </button>
      <WallClock />
      <button
        type="button"
        className="icon-button"
        data-testid="settings"
        aria-haspopup="dialog"
        aria-label={t('settings.title')}
        title={t('settings.title')}
        onClick={() => ui.setState({ settings: true })}
      >
        <Settings2 aria-hidden="true" />
      </button>
    </header>
  );
}
