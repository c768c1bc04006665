import type { Source } from '#contract/source.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useText } from '../managing/page.tsx';
import { NewSourceForm } from './new-source-form.tsx';
import { SourceRow } from './source-row.tsx';
import { useReading } from './use-reading.ts';

const EVERY_MS = 10_000;

/** Where orders come from without an integrator: shops, tills and channels. */
export function SourcesView({ store }: { store: Store }) {
  const { t } = useText();
  const { value, failure, read } = useReading<{ sources: Source[] }>(`/stores/${store.id}/sources`, EVERY_MS);
  return (
    <div className="two">
      <section className="card" aria-labelledby="sources">
        <h2 id="sources">{t('tab.sources')}</h2>
        <p className="soft">{t('sources.hint')}</p>
        <FailureLine failure={failure} />
        {value?.sources.length === 0 && <p>{t('sources.none')}</p>}
        <ul className="stack">
          {value?.sources.map((source) => (
            <SourceRow key={source.id} source={source} store={store} onChanged={() => void read()} />
          ))}
        </ul>
      </section>
      <NewSourceForm store={store} onMade={() => void read()} />
    </div>
  );
}
