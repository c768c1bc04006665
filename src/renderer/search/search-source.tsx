import { Database, Server } from 'lucide-react';
import { formatTime } from '../i18n/format.ts';
import { useText, useTimeZone, useView } from '../shared/screen.tsx';
import { shownLink } from '../view-store/shown-link.ts';
import type { View } from '../view-store/view-store.ts';
import css from './search.module.css';
import type { Found, SearchState } from './use-search.ts';

const lastWord = (view: View) => shownLink(view).lastWordAt;

/** Where these come from and how far back that goes, so that "nothing found" is never taken for "was never there". */
export function SearchSource({ found, state }: { found: Found; state: SearchState }) {
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const heard = useView(lastWord);
  const Icon = found.from === 'server' ? Server : Database;
  const nothing = found.tickets.length === 0 && state !== 'asking' && state !== 'broken';
  return (
    <div className={css.findWhere} role="status" data-testid="searched" data-from={found.from} data-state={state}>
      {nothing && (
        <p className={css.findNone}>
          <strong>{t(found.nextBefore === null ? 'find.none' : 'find.noneYet')}</strong>
        </p>
      )}
      {state === 'broken' ? (
        <p>{t('find.broken')}</p>
      ) : (
        <p>
          <Icon aria-hidden="true" />
          <span>
            {found.from === 'server' ? t('find.server') : t('find.copy', { days: found.days ?? 0 })}{' '}
            {state === 'asking' && t('find.asking')}
            {state === 'unanswered' && t('find.unanswered')}
            {state === 'offline' &&
              (heard === null
                ? t('find.offline')
                : t('find.offlineSince', { time: formatTime(heard, timeZone, locale) }))}
          </span>
        </p>
      )}
    </div>
  );
}
