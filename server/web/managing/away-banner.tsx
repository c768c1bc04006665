import { useLive, useText } from './page.tsx';

/** Over the whole width while there is no connection: what is shown may be old. */
export function AwayBanner() {
  const { t } = useText();
  const link = useLive((live) => live.link);
  if (link !== 'offline') return null;
  return (
    <p className="banner" role="alert">
      {t('link.away')}
    </p>
  );
}
