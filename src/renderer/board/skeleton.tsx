import { useText } from '../shared/screen.tsx';

/** Blank papers while the cache is read; a moment, as a rule. */
export function Skeleton() {
  const { t } = useText();
  return (
    <div className="skeleton">
      <p className="sr-only" role="status">
        {t('board.loading')}
      </p>
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key} className="skeleton-paper" aria-hidden="true" />
      ))}
    </div>
  );
}
