import { useText } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';
import css from './header.module.css';

/** The logo, the name of the station, expo or pass that this screen shows, and the shop. */
export function Brand({ name }: { name: string | null }) {
  const scope = useScope();
  const { t } = useText();
  const names = { all: null, pickup: null, expo: t('expo.name'), pass: t('pass.name') };
  const expo = scope.screen === 'expo' ? scope.name : null;
  const shows = scope.screen === 'station' ? scope.station.name : (expo ?? names[scope.screen]);
  return (
    <h1 className={css.brand}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect className={css.rail} x="1" y="4" width="30" height="5" rx="2.500" />
        <path className={css.paper} d="M4 9h10v18l-2.500-2L9 27l-2.500-2L4 27z" />
        <path className={css.new} d="M18 9h10v13l-2.500-2L23 22l-2.500-2L18 22z" />
      </svg>
      <span className="sr-only">Ticketrail</span>
      {shows && (
        <bdi className={`${css.screen} ellipsis`} data-testid="screen-name">
          {shows}
        </bdi>
      )}
      <bdi className={`${css.shop} ellipsis`}>{name ?? 'Ticketrail'}</bdi>
    </h1>
  );
}
