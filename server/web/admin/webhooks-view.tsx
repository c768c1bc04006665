import { useCallback, useEffect, useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { Webhook } from '#contract/webhook.ts';
import type { Failure } from '../managing/api.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { NewWebhookForm } from './new-webhook-form.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** The addresses that the server calls at every change, and what became of the calls. */
export function WebhooksView({ store }: { store: Store }) {
  const { t } = useText();
  const { api } = usePage();
  const [webhooks, setWebhooks] = useState<Webhook[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(async () => {
    const answer = await api<{ webhooks: Webhook[] }>('GET', `/stores/${store.id}/webhooks`);
    if (answer.ok) setWebhooks(answer.value.webhooks);
    setFailure(answer.ok ? null : answer.error);
  }, [api, store.id]);
  useEffect(() => void read(), [read]);

  return (
    <div className="two">
      <section className="card" aria-labelledby="webhooks">
        <h2 id="webhooks">{t('tab.webhooks')}</h2>
        <p className="soft">{t('webhooks.hint')}</p>
        <FailureLine failure={failure} />
        {webhooks?.length === 0 && <p>{t('webhooks.none')}</p>}
        <ul className="stack">
          {webhooks?.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} store={store} onChanged={() => void read()} />
          ))}
        </ul>
      </section>
      <NewWebhookForm store={store} onMade={() => void read()} />
    </div>
  );
}
