import { useState } from 'react';
import type { Escalation } from '#contract/admin.ts';
import type { Store } from '#contract/store.ts';
import type { Answer } from '../managing/api.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import type { PageKey } from '../managing/load-text.ts';
import { useFormats, useLive, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { linkTo, type Tab } from './route.ts';

/** Where the trouble is mended. */
const TAB_OF: Partial<Record<Escalation['kind'], Tab>> = {
  no_display: 'devices',
  printer: 'printers',
  source: 'sources',
  webhook: 'webhooks',
};
/** Rows that are shown at first. */
const FIRST = 4;

/** Problems that somebody must know about, in these shops. */
export function EscalationList({ stores }: { stores: readonly Store[] }) {
  const { t } = useText();
  const escalations = useLive((live) => live.escalations);
  const shown = escalations.flatMap((one) => {
    const store = stores.find(({ id }) => id === one.storeId);
    return store ? [{ one, store }] : [];
  });
  // What a click ends comes first.
  shown.sort((a, b) => Number(b.one.kind === 'unacknowledged') - Number(a.one.kind === 'unacknowledged'));
  const [most, setMost] = useState(FIRST);
  if (shown.length === 0) return null;
  return (
    <section className="card attention" aria-labelledby="attention">
      <h2 id="attention">{t('attention.title')}</h2>
      <ul className="problems">
        {shown.slice(0, most).map(({ one, store }) => (
          <EscalationRow key={one.id} one={one} store={store} named={stores.length > 1} />
        ))}
      </ul>
      {shown.length > most && (
        <button type="button" className="quiet" onClick={() => setMost(shown.length)}>
          {t('do.more')} ({shown.length - most})
        </button>
      )}
    </section>
  );
}

function EscalationRow({ one, store, named }: { one: Escalation; store: Store; named: boolean }) {
  const { t } = useText();
  const { when } = useFormats(store);
  const { follower } = usePage();
  const { busy, failure, send } = useSend();
  const isUp = useLive((live) => live.link === 'live');
  // The server's words may be in another script than the page's.
  const words = t(`attention.${one.kind}` as PageKey, { number: one.orderNumber ?? '' });
  const [before = '', after] = words.split('{{detail}}');
  const tab = TAB_OF[one.kind];

  /** An order that somebody has seen is acknowledged, as on a display; the server then resolves this. */
  const acknowledge = () =>
    send(async (): Promise<Answer<null>> => {
      const reply = await follower.command({
        storeId: store.id,
        orderId: one.orderId,
        type: 'acknowledge',
        payload: {},
      });
      if (reply && !reply.error && reply.outcome !== 'rejected') return { ok: true, value: null };
      const code = reply ? 'conflict' : 'away';
      return { ok: false, error: { code, message: reply?.error?.message ?? '', details: [] } };
    });

  return (
    <li data-testid="escalation" data-kind={one.kind}>
      <div className="row">
        {named && (
          <b>
            <bdi>{store.name}</bdi>
          </b>
        )}
        <p>
          {before}
          {one.detail !== null && <bdi>{one.detail}</bdi>}
          {after}
        </p>
        <small>{t('attention.since', { time: when(one.raisedAt) })}</small>
      </div>
      {tab && (
        <a href={linkTo(store.id, tab)} className="plain end">
          {t(`tab.${tab}`)}
        </a>
      )}
      {one.kind === 'unacknowledged' && (
        <button
          type="button"
          className="plain end"
          data-testid="acknowledge"
          disabled={busy || !isUp}
          onClick={() => void acknowledge()}
        >
          {t('attention.seen')}
        </button>
      )}
      <FailureLine failure={failure} />
    </li>
  );
}
