import type { Store } from '#contract/store.ts';
import type { Webhook } from '#contract/webhook.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useText } from '../managing/page.tsx';
import { NewWebhookForm } from './new-webhook-form.tsx';
import { useReading } from './use-reading.ts';
import { WebhookRow } from './webhook-row.tsx';

const EVERY_MS = 10_000;

/** The addresses that the server calls at every change, and what became of the calls. */
export function WebhooksView({ store }: { store: Store }) {
  const { t } = useText();
  const { value, failure, read } = useReading<{ webhooks: Webhook[] }>(`/stores/${store.id}/webhooks`, EVERY_MS);
  return (
    <div className="two">
      <section className="card" aria-labelledby="webhooks">
        <h2 id="webhooks">{t('tab.webhooks')}</h2>
        <p className="soft">{t('webhooks.hint')}</p>
        <FailureLine failure={failure} />
        {value?.webhooks.length === 0 && <p>{t('webhooks.none')}</p>}
        <ul className="stack">
          {value?.webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} store={store} onChanged={() => void read()} />
          ))}
        </ul>
      </section>
      <NewWebhookForm store={store} onMade={() => void read()} />
    </div>
  );
}
