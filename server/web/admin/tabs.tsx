import { useEffect, useRef } from 'react';
import { useText } from '../managing/page.tsx';
import { linkTo, TABS, type Tab } from './route.ts';

/** Where one can go in a shop. On a phone it is one line, in which the present one is in sight. */
export function Tabs({ storeId, tab }: { storeId: string; tab: Tab }) {
  const { t } = useText();
  const present = useRef<HTMLAnchorElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ref follows the tab.
  useEffect(() => {
    present.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  return (
    <nav className="tabs" aria-label={t('tab.label')}>
      {TABS.map((one) => (
        <a
          key={one}
          ref={one === tab ? present : undefined}
          href={linkTo(storeId, one)}
          data-testid={`tab-${one}`}
          aria-current={one === tab ? 'page' : undefined}
        >
          {t(`tab.${one}`)}
        </a>
      ))}
    </nav>
  );
}
