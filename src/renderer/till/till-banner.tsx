import { Receipt } from 'lucide-react';
import { Banner } from '../banners/banner.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';

/** Tickets of tills that are not on the board: why, what to do, and a button that shows them. */
export function TillBanner() {
  const { ui } = useScreen();
  const { t } = useText();
  const till = useView((view) => view.status?.till);
  if (!till) return null;
  const { trouble, waiting, refused } = till;
  const show = { label: t('till.show'), run: () => ui.setState({ panel: 'till' }) };
  return (
    <>
      {trouble && (
        <Banner
          tone={waiting > 0 ? 'down' : 'warning'}
          mark="strip-till"
          icon={<Receipt />}
          title={t(`till.${trouble}`)}
          action={waiting > 0 ? show : undefined}
        >
          {[t(`till.${trouble}.do`), waiting > 0 && t('till.waiting', { count: waiting })].filter(Boolean).join(' ')}
        </Banner>
      )}
      {refused > 0 && (
        <Banner
          tone="down"
          mark="strip-till-refused"
          icon={<Receipt />}
          title={t('till.refused', { count: refused })}
          action={show}
        >
          {t('till.refused.do')}
        </Banner>
      )}
    </>
  );
}
