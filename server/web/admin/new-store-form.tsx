import { type FormEvent, useState } from 'react';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { linkTo } from './route.ts';

const ZONES = Intl.supportedValuesOf('timeZone');

/** Adds a shop; only for an admin. */
export function NewStoreForm({ open }: { open: boolean }) {
  const { t } = useText();
  const { api, follower } = usePage();
  const { busy, failure, send } = useSend();
  const [draft, setDraft] = useState({
    name: '',
    id: '',
    currency: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { id, ...rest } = draft;
    const made = await send(() => api<Store>('POST', '/stores', { ...rest, ...(id ? { id } : {}) }, { once: true }));
    if (!made) return;
    await follower.refresh();
    location.hash = linkTo(made.id, 'devices');
  }

  return (
    <details className="card" open={open}>
      <summary>{t('stores.new')}</summary>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          label={t('settings.name')}
          value={draft.name}
          onChange={(name) => set({ name })}
          required
          maxLength={200}
        />
        <Field label={t('stores.id')} value={draft.id} onChange={(id) => set({ id })} maxLength={64} />
        <Field
          label={t('stores.currency')}
          value={draft.currency}
          onChange={(currency) => set({ currency: currency.toUpperCase() })}
          required
          maxLength={3}
        />
        <label className="field">
          <span>{t('stores.timeZone')}</span>
          <select value={draft.timeZone} onChange={(event) => set({ timeZone: event.target.value })}>
            {(ZONES.includes(draft.timeZone) ? ZONES : [draft.timeZone, ...ZONES]).map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </label>
        <FailureLine failure={failure} />
        <button type="submit" className="main" disabled={busy}>
          {t('do.add')}
        </button>
      </form>
    </details>
  );
}
