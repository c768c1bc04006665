import { formatTime } from '../i18n/format.ts';
import { useText, useTimeZone } from '../shared/screen.tsx';
import { useTickingText } from '../ticket/use-age.ts';

/** The store's time, by the server's clock: the tablet's own may be hours off. */
export function WallClock() {
  const { locale } = useText();
  const timeZone = useTimeZone();
  const time = useTickingText<HTMLTimeElement>((now) => (now > 0 ? formatTime(now, timeZone, locale) : '–:––'));
  return <time className="clock figures" ref={time} />;
}
