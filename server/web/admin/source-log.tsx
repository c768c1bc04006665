import type { SourceLogEntry } from '#contract/source.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import type { PageKey } from '../managing/load-text.ts';
import { useFormats, useText } from '../managing/page.tsx';
import { useReading } from './use-reading.ts';

const EVERY_MS = 5_000;
/** How many of the latest are shown. */
const MOST = 50;
const KNOWN: Readonly<Record<string, PageKey>> = {
  order: 'sources.what.order',
  webhook: 'sources.what.webhook',
  pull: 'sources.what.pull',
  status: 'sources.what.status',
};

/** What came from a source and what became of it, newest first. */
export function SourceLog({ sourceId, store }: { sourceId: string; store: Store }) {
  const { t } = useText();
  const { moment } = useFormats(store);
  const { value, failure } = useReading<{ entries: SourceLogEntry[] }>(`/sources/${sourceId}/log`, EVERY_MS);
  return (
    <>
      <FailureLine failure={failure} />
      {value?.entries.length === 0 && <p className="soft">{t('sources.log.none')}</p>}
      <ol className="log" data-testid="source-log">
        {value?.entries.slice(0, MOST).map((entry, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id, and rows no state
          <li key={at} className="row" data-testid="entry" data-outcome={entry.outcome}>
            <time dateTime={entry.at}>{moment(entry.at)}</time>
            <span>{whatOf(entry, t)}</span>
            {entry.externalId && <bdi dir="ltr">{entry.externalId}</bdi>}
            <span className={LOOK[entry.outcome]}>{t(outcomeOf(entry))}</span>
            {entry.detail && (
              <bdi lang="en" className="soft">
                {entry.detail}
              </bdi>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

const LOOK = { taken: 'done', unchanged: 'soft', refused: 'late', failed: 'late' } as const;

function whatOf({ what }: SourceLogEntry, t: (key: PageKey) => string): string {
  const known = KNOWN[what];
  return known ? t(known) : what;
}

/** A status goes the other way: there it is taken. */
const outcomeOf = ({ what, outcome }: SourceLogEntry): PageKey =>
  what === 'status' && outcome === 'taken' ? 'sources.outcome.told' : `sources.outcome.${outcome}`;
