import { localDay } from '#contract/local-time.ts';
import type { Store } from '#contract/store.ts';
import { formatMoment } from '#renderer/i18n/format.ts';
import { useLive, useNow, useText } from './page.tsx';

/**
 * Whether the page is up to date; when it is not, since when, in words.
 *
 * @param of the shops that are shown. The clock is theirs if they share one, else that of the device
 */
export function LinkBadge({ of }: { of: readonly Pick<Store, 'timeZone'>[] }) {
  const { t, locale } = useText();
  const link = useLive((live) => live.link);
  const asOf = useLive((live) => live.asOf);
  const now = useNow();
  const zones = new Set(of.map(({ timeZone }) => timeZone));
  const [timeZone = deviceZone()] = zones.size === 1 ? zones : [];
  const isToday = asOf !== null && localDay(asOf, timeZone) === localDay(now, timeZone);
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone });
  const time = asOf !== null && (isToday ? clock.format(asOf) : formatMoment(asOf, timeZone, locale));
  return (
    <p className="link" data-testid="link" data-state={link} role="status">
      <span>{t(`link.${link}`)}</span>
      {link !== 'live' && time && <small>{t('link.asOf', { time })}</small>}
    </p>
  );
}

const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
