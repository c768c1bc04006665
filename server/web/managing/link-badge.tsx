import { useLive, useText } from './page.tsx';

/** Whether the page is up to date; when it is not, since when, in words. */
export function LinkBadge() {
  const { t, locale } = useText();
  const link = useLive((live) => live.link);
  const asOf = useLive((live) => live.asOf);
  const time = asOf !== null && new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' }).format(asOf);
  return (
    <p className="link" data-testid="link" data-state={link} role="status">
      <span>{t(`link.${link}`)}</span>
      {link !== 'live' && time && <small>{t('link.asOf', { time })}</small>}
    </p>
  );
}
