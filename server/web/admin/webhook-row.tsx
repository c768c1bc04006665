import { useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { Delivery, Webhook } from '#contract/webhook.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { ConfirmRow } from './confirm-row.tsx';
import { Secret } from './secret.tsx';

/** How many of the latest calls are shown. */
const MOST = 20;

/** One address: whether it works, its latest calls, and what can be done with it. */
export function WebhookRow({ webhook, store, onChanged }: { webhook: Webhook; store: Store; onChanged: () => void }) {
  const { t } = useText();
  const { when } = useFormats(store);
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [tested, setTested] = useState<Delivery | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const [deliveries, setDeliveries] = useState<Delivery[] | null>(null);
  const { id, url, disabled, failingSince } = webhook;

  async function change(method: 'PATCH' | 'DELETE', body?: unknown): Promise<void> {
    const done = await send(() => api(method, `/webhooks/${id}`, body));
    if (done !== undefined) onChanged();
  }
  const test = async () => setTested((await send(() => api<Delivery>('POST', `/webhooks/${id}/test`))) ?? null);
  const rotate = async () =>
    setSecret((await send(() => api<{ secret: string }>('POST', `/webhooks/${id}/rotate`)))?.secret ?? null);
  const show = async () =>
    setDeliveries(
      (await send(() => api<{ deliveries: Delivery[] }>('GET', `/webhooks/${id}/deliveries`)))?.deliveries ?? null,
    );
  const button = (mark: string, words: string, run: () => unknown, look = 'plain') => (
    <button type="button" className={look} data-testid={mark} disabled={busy} onClick={() => void run()}>
      {words}
    </button>
  );

  return (
    <li className="order" data-testid="webhook" data-disabled={disabled} data-failing={failingSince !== null}>
      <p className="row">
        <b>
          <bdi dir="ltr">{url}</bdi>
        </b>
        <span className={disabled ? 'late' : failingSince ? 'soft' : 'done'}>
          {t(disabled ? 'webhooks.off' : 'webhooks.on')}
        </span>
        {failingSince && <span className="late">{t('webhooks.failing', { time: when(failingSince) })}</span>}
      </p>
      <div className="row">
        {button('test', t('webhooks.test'), test)}
        {button('deliveries', t('webhooks.deliveries'), show)}
        {button('switch', t(disabled ? 'webhooks.turnOn' : 'webhooks.turnOff'), () =>
          change('PATCH', { disabled: !disabled }),
        )}
        {button('rotate', t('webhooks.rotate'), rotate)}
        {button('remove', t('do.remove'), () => setAsks(true), 'quiet')}
      </div>
      {asks && (
        <ConfirmRow
          question={t('webhooks.removeSure', { url })}
          busy={busy}
          onYes={() => void change('DELETE')}
          onNo={() => setAsks(false)}
        />
      )}
      <FailureLine failure={failure} />
      {tested && (
        <p role="status" className={tested.state === 'delivered' ? 'done' : 'late'}>
          {t(`webhooks.state.${tested.state}`)}. <bdi>{t('webhooks.answer', { answer: answerOf(tested) })}</bdi>
        </p>
      )}
      {secret && (
        <div className="stack" role="status">
          <p>{t('webhooks.secret', { url })}</p>
          <Secret text={secret} />
        </div>
      )}
      {deliveries && (
        <ol className="log">
          {deliveries.slice(0, MOST).map((one) => (
            <li key={one.id} className="row" data-testid="delivery" data-state={one.state}>
              <CallTime delivery={one} store={store} />
              <span className={LOOK[one.state]}>{t(`webhooks.state.${one.state}`)}</span>
              <span dir="ltr">
                {one.type} {one.seq}
              </span>
              <bdi className="soft">{answerOf(one)}</bdi>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

const LOOK = { delivered: 'done', waiting: 'soft', undeliverable: 'late' } as const;

/** When it was last tried. */
function CallTime({ delivery: { tries }, store }: { delivery: Delivery; store: Store }) {
  const { moment } = useFormats(store);
  const at = tries.at(-1)?.at;
  return at ? <time dateTime={at}>{moment(at)}</time> : null;
}

/** What the last try got. */
function answerOf({ tries }: Delivery): string {
  const last = tries.at(-1);
  return String(last?.status ?? last?.error ?? '–');
}
