import { type FormEvent, useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { MadeWebhook } from '#contract/webhook.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { Secret } from './secret.tsx';

/** Adds an address, and shows its secret once. */
export function NewWebhookForm({ store, onMade }: { store: Store; onMade: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [url, setUrl] = useState('');
  const [made, setMade] = useState<MadeWebhook | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await send(() =>
      api<MadeWebhook>('POST', `/stores/${store.id}/webhooks`, { url: url.trim() }, { once: true }),
    );
    if (!answer) return;
    setMade(answer);
    setUrl('');
    onMade();
  }
  return (
    <section className="card" aria-labelledby="new-webhook">
      <h2 id="new-webhook">{t('webhooks.new')}</h2>
      <form data-testid="new-webhook" onSubmit={(event) => void submit(event)}>
        <Field
          label={t('webhooks.url')}
          type="url"
          value={url}
          onChange={setUrl}
          required
          maxLength={2000}
          dir="ltr"
          placeholder="https://"
        />
        <FailureLine failure={failure} />
        <button type="submit" className="main" disabled={busy}>
          {t('do.add')}
        </button>
      </form>
      {made && (
        <div className="stack" role="status">
          <p>{t('webhooks.secret', { url: made.url })}</p>
          <Secret text={made.secret} />
        </div>
      )}
    </section>
  );
}
