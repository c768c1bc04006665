import { type FormEvent, useState } from 'react';
import type { Source } from '#contract/source.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { SavedLine } from '../managing/saved-line.tsx';
import { useSend } from '../managing/use-send.ts';
import { WebhookAddress } from './new-source-form.tsx';
import { bodyOf, draftOf } from './source-body.ts';
import { SourceFields } from './source-fields.tsx';

/** Changes the name, settings and secrets of a source. */
export function EditSourceForm({ source, onChanged }: { source: Source; onChanged: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const { kind, settings } = source;
  const [name, setName] = useState(source.name);
  const [draft, setDraft] = useState(() => draftOf(kind, settings));
  const [saved, setSaved] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = { name: name.trim(), ...bodyOf(kind, draft, settings) };
    const next = await send(() => api<Source>('PATCH', `/sources/${source.id}`, body));
    if (!next) return;
    setSaved(true);
    setDraft(draftOf(kind, next.settings));
    onChanged();
  }
  return (
    <form data-testid="edit-source" onSubmit={(event) => void submit(event)} onChange={() => setSaved(false)}>
      <Field label={t('name')} value={name} onChange={setName} required pattern=".*\S.*" maxLength={100} />
      <SourceFields kind={kind} draft={draft} onChange={setDraft} isNew={false} />
      <WebhookAddress source={source} />
      <FailureLine failure={failure} quotes />
      <div className="row">
        <button type="submit" className="main" disabled={busy}>
          {t('do.save')}
        </button>
        <SavedLine saved={saved} />
      </div>
    </form>
  );
}
