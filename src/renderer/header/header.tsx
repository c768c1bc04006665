import { CirclePause, History, type LucideIcon, RefreshCw, Search, Settings2 } from 'lucide-react';
import type { TextKey } from '../i18n/text.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import buttons from '../styles/buttons.module.css';
import { Brand } from './brand.tsx';
import { NewCount, QueueCount } from './counts.tsx';
import css from './header.module.css';
import { LinkBadge } from './link-badge.tsx';
import { ViewTabs } from './view-tabs.tsx';
import { WallClock } from './wall-clock.tsx';

/** The screen's name, the views, waiting orders and taps, and whether the screen is up to date. */
export function Header() {
  const { actions } = useScreen();
  return (
    <header className={css.header}>
      <Brand name={useView((view) => view.status?.store?.name ?? null)} />
      <ViewTabs />
      <span className="grow" />
      <IconButton mark="open-search" label="find.title" icon={Search} opens={{ panel: 'search' }} />
      <IconButton mark="open-recall" label="recall.title" icon={History} opens={{ panel: 'recall' }} />
      <IconButton
        mark="open-availability"
        label="take.title"
        icon={CirclePause}
        opens={{ panel: 'availability' }}
        className={css.availability}
      />
      <NewCount />
      <QueueCount />
      <LinkBadge />
      <IconButton mark="refresh" label="refresh.label" icon={RefreshCw} run={() => actions.ask('refresh', null)} />
      <WallClock />
      <IconButton mark="settings" label="settings.title" icon={Settings2} opens={{ settings: true }} />
    </header>
  );
}

interface IconButtonProps {
  mark: string;
  label: TextKey;
  icon: LucideIcon;
  /** The dialog that it opens; without one it runs an action. */
  opens?: Partial<Ui>;
  run?: () => void;
  className?: string | undefined;
}

function IconButton({ mark, label, icon, opens, run, className = '' }: IconButtonProps) {
  const { ui } = useScreen();
  const { t } = useText();
  return (
    <Button
      icon={icon}
      className={`${buttons.icon} ${className}`}
      mark={mark}
      aria-haspopup={opens ? 'dialog' : undefined}
      aria-label={t(label)}
      title={t(label)}
      onClick={() => (opens ? ui.setState(opens) : run?.())}
    />
  );
}
