import { type FormEvent, useState } from 'react';
import type { Language } from '#contract/setting-names.ts';
import type { Store } from '#contract/store.ts';
import { LANGUAGE_NAMES } from '#renderer/i18n/language-names.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { SavedLine } from '../managing/saved-line.tsx';
import { listOf } from './list-of.ts';
import { useSaveStore } from './use-save-store.ts';

type Accepts = 'none' | 'all' | 'some';
const acceptsOf = (autoAccept: Store['settings']['autoAccept']): Accepts =>
  autoAccept === '*' ? 'all' : autoAccept.length > 0 ? 'some' : 'none';

/** Name, time limits, and which orders the shop accepts by itself. */
export function StoreForm({ store }: { store: Store }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, saved, save, edited } = useSaveStore(store);
  const { settings } = store;
  const [draft, setDraft] = useState({
    name: store.name,
    acknowledge: String(settings.acknowledgeWithinSeconds),
    windowDays: String(settings.displayWindowDays),
    preparation: String(settings.preparationMinutes ?? ''),
    language: settings.language,
    accepts: acceptsOf(settings.autoAccept),
    sources: settings.autoAccept === '*' ? '' : settings.autoAccept.join(', '),
  });
  const set = (change: Partial<typeof draft>) => {
    edited();
    setDraft({ ...draft, ...change });
  };

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { accepts, sources, preparation, language } = draft;
    await save({
      name: draft.name,
      settings: {
        acknowledgeWithinSeconds: Number(draft.acknowledge),
        displayWindowDays: Number(draft.windowDays),
        language,
        autoAccept: accepts === 'all' ? '*' : accepts === 'some' ? listOf(sources) : [],
        ...(preparation === '' ? {} : { preparationMinutes: Number(preparation) }),
      },
    });
    // Null is the same as absent in the settings, so only this call removes it.
    if (preparation === '' && settings.preparationMinutes !== null)
      await api('PATCH', `/stores/${store.id}/availability`, { preparationMinutes: null });
  }
  return (
    <section className="card" aria-labelledby="store-form">
      <h2 id="store-form">{t('tab.settings')}</h2>
      <p className="soft">{t('settings.forAll')}</p>
      <form data-testid="store-form" onSubmit={(event) => void submit(event)}>
        <Field
          label={t('settings.name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          required
          maxLength={200}
        />
        <Field
          label={t('settings.acknowledge')}
          type="number"
          min={10}
          max={3600}
          required
          value={draft.acknowledge}
          onChange={(acknowledge) => set({ acknowledge })}
        />
        <Field
          label={t('settings.window')}
          type="number"
          min={1}
          max={60}
          required
          value={draft.windowDays}
          onChange={(windowDays) => set({ windowDays })}
        />
        <Field
          label={t('settings.preparation')}
          type="number"
          min={1}
          max={600}
          value={draft.preparation}
          onChange={(preparation) => set({ preparation })}
        />
        <label className="field">
          <span>{t('settings.language')}</span>
          <select value={draft.language} onChange={(event) => set({ language: event.target.value as Language })}>
            {Object.entries(LANGUAGE_NAMES).map(([language, name]) => (
              <option key={language} value={language} lang={language}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('settings.autoAccept')}</span>
          <select value={draft.accepts} onChange={(event) => set({ accepts: event.target.value as Accepts })}>
            {(['none', 'some', 'all'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`settings.autoAccept.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {draft.accepts === 'some' && (
          <Field
            label={t('settings.sources')}
            value={draft.sources}
            onChange={(sources) => set({ sources })}
            required
          />
        )}
        <FailureLine failure={failure} />
        <div className="row">
          <button type="submit" className="main" disabled={busy}>
            {t('do.save')}
          </button>
          <SavedLine saved={saved} />
        </div>
      </form>
    </section>
  );
}
