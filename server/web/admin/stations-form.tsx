import { type FormEvent, useState } from 'react';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { useText } from '../managing/page.tsx';
import { SavedLine } from '../managing/saved-line.tsx';
import { listOf } from './list-of.ts';
import { useSaveStore } from './use-save-store.ts';

type Station = Store['settings']['stations'][number];
/** As it is typed. */
interface Draft {
  id: string;
  name: string;
  stations: string;
  names: string;
  sources: string;
  expo: boolean;
}
const MOST = 20;

const draftOf = ({ id, name, match, expo = false }: Station): Draft => ({
  id,
  name,
  stations: (match.stations ?? []).join(', '),
  names: (match.names ?? []).join(', '),
  sources: (match.sources ?? []).join(', '),
  expo,
});
const stationOf = ({ id, name, stations, names, sources, expo }: Draft): Station => ({
  id,
  name,
  match: { stations: listOf(stations), names: listOf(names), sources: listOf(sources) },
  expo,
});

/** The stations of the shop, and which dishes belong to each. */
export function StationsForm({ store }: { store: Store }) {
  const { t } = useText();
  const { busy, failure, saved, save, edited } = useSaveStore(store);
  const [drafts, setDrafts] = useState(() => store.settings.stations.map(draftOf));
  const change = (next: Draft[]) => {
    edited();
    setDrafts(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save({ settings: { stations: drafts.map(stationOf) } });
  };
  const add = () =>
    change([...drafts, { id: newId(drafts), name: '', stations: '', names: '', sources: '', expo: false }]);
  return (
    <section className="card" aria-labelledby="stations">
      <h2 id="stations">{t('stations.title')}</h2>
      <p className="soft">
        {t('stations.hint')} {drafts.length > 0 && t('stations.commas')}
      </p>
      <form data-testid="stations" onSubmit={submit}>
        {drafts.map((draft, at) => (
          <StationFields
            key={draft.id}
            draft={draft}
            onChange={(part) => change(drafts.with(at, { ...draft, ...part }))}
            onRemove={() => change(drafts.toSpliced(at, 1))}
          />
        ))}
        <FailureLine failure={failure} />
        <div className="row">
          {drafts.length < MOST && (
            <button type="button" className="plain" data-testid="add-station" onClick={add}>
              {t('stations.new')}
            </button>
          )}
          {(drafts.length > 0 || store.settings.stations.length > 0) && (
            <button type="submit" className="main" disabled={busy}>
              {t('do.save')}
            </button>
          )}
          <SavedLine saved={saved} />
        </div>
      </form>
    </section>
  );
}

function StationFields({
  draft,
  onChange,
  onRemove,
}: {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  onRemove: () => void;
}) {
  const { t } = useText();
  return (
    <fieldset className="order" data-testid="station">
      <legend className="sr-only">{draft.name || t('stations.new')}</legend>
      <Field label={t('name')} value={draft.name} onChange={(name) => onChange({ name })} required maxLength={200} />
      <Field label={t('stations.matchNames')} value={draft.names} onChange={(names) => onChange({ names })} />
      <Field
        label={t('stations.matchStations')}
        value={draft.stations}
        onChange={(stations) => onChange({ stations })}
      />
      <Field label={t('stations.matchSources')} value={draft.sources} onChange={(sources) => onChange({ sources })} />
      <label className="check">
        <input type="checkbox" checked={draft.expo} onChange={() => onChange({ expo: !draft.expo })} />
        {t('stations.expo')}
      </label>
      <div className="row">
        <button type="button" className="quiet" onClick={onRemove}>
          {t('do.remove')}
        </button>
      </div>
    </fieldset>
  );
}

/** Short, since a screen's address names it. */
function newId(drafts: readonly Draft[]): string {
  for (let number = drafts.length + 1; ; number++)
    if (!drafts.some(({ id }) => id === `station-${number}`)) return `station-${number}`;
}
