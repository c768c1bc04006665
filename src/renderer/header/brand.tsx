import { useText } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';

/** The mark: two papers under a steel rail; whose work this screen shows, where it is not everybody's; the shop. */
export function Brand({ name }: { name: string | null }) {
  const scope = useScope();
  const { t } = useText();
  const shows = scope.screen === 'station' ? scope.station.name : scope.screen === 'expo' ? t('expo.name') : null;
  return (
    <h1 className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect className="brand-rail" x="1" y="4" width="30" height="5" rx="2.500" />
        <path className="brand-paper" d="M4 9h10v18l-2.500-2L9 27l-2.500-2L4 27z" />
        <path className="brand-new" d="M18 9h10v13l-2.500-2L23 22l-2.500-2L18 22z" />
      </svg>
      <span className="sr-only">Ticketrail</span>
      {shows && (
        <bdi className="brand-screen ellipsis" data-testid="screen-name">
          {shows}
        </bdi>
      )}
      <bdi className="brand-name ellipsis">{name ?? 'Ticketrail'}</bdi>
    </h1>
  );
}
