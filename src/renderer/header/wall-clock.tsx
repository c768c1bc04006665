import { useText } from '../shared/screen.tsx';
import { useTickingText } from '../ticket/use-age.ts';
import css from './header.module.css';

/** The store's time by the server's clock: the tablet's own may be hours off. */
export function WallClock() {
  const { time } = useText();
  const clock = useTickingText<HTMLTimeElement>((now) => (now > 0 ? time(now) : '–:––'));
  return <time className={`${css.clock} figures`} ref={clock} />;
}
