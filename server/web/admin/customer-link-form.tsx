import { type FormEvent, useState } from 'react';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { useFormats, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { QrCode } from './qr-code.tsx';
import { Secret } from './secret.tsx';

/** Makes the link by which one customer sees all own orders. */
export function CustomerLinkForm({ store }: { store: Store }) {
  const { t } = useText();
  const { when } = useFormats(store);
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [ref, setRef] = useState('');
  const [days, setDays] = useState('30');
  const [made, setMade] = useState<{ url: string; expiresAt: string } | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await send(() =>
      api<{ url: string; expiresAt: string }>('POST', `/stores/${store.id}/customer-links`, {
        ref,
        days: Number(days),
      }),
    );
    if (answer) setMade(answer);
  }
  return (
    <section className="card" aria-labelledby="customer">
      <h2 id="customer">{t('customer.title')}</h2>
      <p className="soft">{t('customer.hint')}</p>
      <form data-testid="customer-link" onSubmit={(event) => void submit(event)}>
        <Field label={t('customer.ref')} value={ref} onChange={setRef} required maxLength={200} />
        <Field label={t('customer.days')} type="number" min={1} max={400} value={days} onChange={setDays} required />
        <FailureLine failure={failure} />
        <button type="submit" className="main" disabled={busy}>
          {t('customer.do')}
        </button>
      </form>
      {made && (
        <div className="stack" role="status">
          <Secret text={made.url} />
          <QrCode text={made.url} label={t('customer.title')} />
          <p className="soft">{t('customer.until', { time: when(made.expiresAt) })}</p>
        </div>
      )}
    </section>
  );
}
