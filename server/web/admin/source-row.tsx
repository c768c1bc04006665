import { useState } from 'react';
import type { PullResult, Source } from '#contract/source.ts';
import type { Store } from '#contract/store.ts';
import { formatAgo } from '#renderer/i18n/format.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, useNow, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { ConfirmRow } from './confirm-row.tsx';
import { EditSourceForm } from './edit-source-form.tsx';
import { wordsOf } from './source-fields.tsx';
import { KINDS } from './source-kinds.ts';
import { SourceLog } from './source-log.tsx';
import { TillTickets } from './till-tickets.tsx';

/** One source: whether it works, what came from it, and what can be done with it. */
export function SourceRow({ source, store, onChanged }: { source: Source; store: Store; onChanged: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [open, setOpen] = useState<'log' | 'edit' | 'tickets' | null>(null);
  const [asks, setAsks] = useState(false);
  const [pulled, setPulled] = useState<PullResult | null>(null);
  const { id, kind, name, enabled, failingSince } = source;
  const { isPulled } = KINDS[kind];

  async function change(method: 'PATCH' | 'DELETE', body?: unknown): Promise<void> {
    setPulled(null);
    const done = await send(() => api(method, `/sources/${id}`, body));
    if (done !== undefined) onChanged();
  }
  async function pull(): Promise<void> {
    setPulled((await send(() => api<PullResult>('POST', `/sources/${id}/pull`))) ?? null);
    onChanged();
  }
  const button = (mark: string, words: string, run: () => unknown, more: object = {}) => (
    <button
      type="button"
      className="plain"
      data-testid={mark}
      disabled={busy}
      onClick={() => void run()}
      aria-label={`${words}: ${name}`}
      {...more}
    >
      {words}
    </button>
  );
  const opener = (mark: 'log' | 'edit' | 'tickets', words: string) =>
    button(mark, words, () => setOpen(open === mark ? null : mark), { 'aria-expanded': open === mark });

  return (
    <li className="order" data-testid="source" data-enabled={enabled} data-failing={failingSince !== null}>
      <p className="row">
        <b>
          <bdi>{name}</bdi>
        </b>
        <span className="soft">{wordsOf(KINDS[kind].name, t)}</span>
        <span className={!enabled ? 'late' : failingSince ? 'soft' : 'done'}>
          {t(enabled ? 'webhooks.on' : 'webhooks.off')}
        </span>
        <SourceState source={source} store={store} />
      </p>
      <div className="row">
        {isPulled && enabled && button('pull', t('sources.pull'), pull)}
        {kind === 'print' && opener('tickets', t('caught.title'))}
        {opener('log', t('sources.log'))}
        {opener('edit', t('do.change'))}
        {button('switch', t(enabled ? 'webhooks.turnOff' : 'webhooks.turnOn'), () =>
          change('PATCH', { enabled: !enabled }),
        )}
        {button('remove', t('do.remove'), () => setAsks(true), { className: 'quiet' })}
      </div>
      {asks && (
        <ConfirmRow
          question={t('sources.removeSure', { name })}
          busy={busy}
          onYes={() => void change('DELETE')}
          onNo={() => setAsks(false)}
        />
      )}
      <FailureLine failure={failure} quotes />
      {pulled && (
        <p role="status" className={pulled.refused > 0 ? 'late' : 'done'} data-testid="pulled">
          {t('sources.pulled', { count: pulled.taken })}
          {pulled.refused > 0 && ` ${t('sources.pulledRefused', { count: pulled.refused })}`}
        </p>
      )}
      {open === 'edit' && <EditSourceForm source={source} onChanged={onChanged} />}
      {open === 'tickets' && <TillTickets source={source} store={store} onChanged={onChanged} />}
      {open === 'log' && <SourceLog sourceId={id} store={store} />}
    </li>
  );
}

/** When it was last asked, or since when it fails and why. */
function SourceState({
  source: { kind, enabled, pulledAt, failingSince, problem },
  store,
}: {
  source: Source;
  store: Store;
}) {
  const text = useText();
  const { when } = useFormats(store);
  const now = useNow();
  const ago = formatAgo(pulledAt === null ? null : now - Date.parse(pulledAt), text);
  return (
    <>
      {enabled && KINDS[kind].isPulled && (
        <small data-testid="pulled-at">
          {pulledAt === null ? text.t('sources.neverPulled') : text.t('sources.pulledAt', { ago })}
        </small>
      )}
      {failingSince && <span className="late">{text.t('webhooks.failing', { time: when(failingSince) })}</span>}
      {problem && (
        <bdi lang="en" data-testid="problem">
          {problem}
        </bdi>
      )}
    </>
  );
}
