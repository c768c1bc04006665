import { type FormEvent, useState } from 'react';
import type { MadeSource, SourceKind } from '#contract/source.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { Secret } from './secret.tsx';
import { bodyOf, draftOf } from './source-body.ts';
import { SourceFields, wordsOf } from './source-fields.tsx';
import { KIND_NAMES, KINDS } from './source-kinds.ts';

/** Adds a source: the kind, what that kind needs, and then what is to be pasted there. */
export function NewSourceForm({ store, onMade }: { store: Store; onMade: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send, clear } = useSend();
  const [kind, setKind] = useState<SourceKind>('woocommerce');
  const [name, setName] = useState('');
  const [draft, setDraft] = useState(() => draftOf(kind));
  const [made, setMade] = useState<MadeSource | null>(null);

  function choose(next: SourceKind): void {
    setKind(next);
    setDraft(draftOf(next));
    setMade(null);
    clear();
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = { kind, name: name.trim(), ...bodyOf(kind, draft) };
    const answer = await send(() => api<MadeSource>('POST', `/stores/${store.id}/sources`, body, { once: true }));
    if (!answer) return;
    setMade(answer);
    setName('');
    setDraft(draftOf(kind));
    onMade();
  }
  return (
    <section className="card" aria-labelledby="new-source">
      <h2 id="new-source">{t('sources.new')}</h2>
      <form data-testid="new-source" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span>{t('sources.kind')}</span>
          <select value={kind} data-testid="kind" onChange={(event) => choose(event.target.value as SourceKind)}>
            {KIND_NAMES.map((one) => (
              <option key={one} value={one}>
                {wordsOf(KINDS[one].name, t)}
              </option>
            ))}
          </select>
        </label>
        <Field
          label={t('name')}
          hint={t('sources.name.hint')}
          value={name}
          onChange={setName}
          required
          pattern=".*\S.*"
          maxLength={100}
        />
        <SourceFields kind={kind} draft={draft} onChange={setDraft} isNew />
        <FailureLine failure={failure} quotes />
        <button type="submit" className="main" disabled={busy}>
          {t('sources.new')}
        </button>
      </form>
      {made && (
        <div className="stack" role="status" data-testid="made">
          <p className="done">{t('sources.made', { name: made.name })}</p>
          {made.secret && (
            <>
              <p>{t('sources.secretOnce')}</p>
              <Secret text={made.secret} />
            </>
          )}
          <WebhookAddress source={made} />
        </div>
      )}
    </section>
  );
}

/** Where the service's webhooks go, and what to do with it. */
export function WebhookAddress({ source: { kind, eventsUrl } }: { source: MadeSource }) {
  const { t } = useText();
  const { webhook } = KINDS[kind];
  if (!webhook) return null;
  return (
    <>
      <p>{t(webhook.words, { events: webhook.events ?? '' })}</p>
      <Secret text={eventsUrl} />
    </>
  );
}
