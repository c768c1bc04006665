import { useState } from 'react';
import type { CaughtJob, Layout } from '#contract/caught-job.ts';
import type { Source } from '#contract/source.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { type LayoutDraft, layoutDraftOf, layoutOf } from './layout-draft.ts';
import { LayoutForm } from './layout-form.tsx';
import { PrintedTicket } from './printed-ticket.tsx';
import { TicketOrder } from './ticket-order.tsx';
import { isThisComputer, tillAddress } from './till-address.ts';
import { useReading } from './use-reading.ts';

const EVERY_MS = 5_000;

interface PrintSettings {
  host?: string;
  port?: number;
  layout?: Layout;
}

/** What a till printed beside the orders that rules make of it, and other rules to try and to use. */
export function TillTickets({ source, store, onChanged }: { source: Source; store: Store; onChanged: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send, clear } = useSend();
  const { id } = source;
  const settings = source.settings as PrintSettings;
  const jobs = useReading<{ jobs: CaughtJob[] }>(`/sources/${id}/jobs`, EVERY_MS);
  const [draft, setDraft] = useState(() => layoutDraftOf(settings.layout));
  const [selected, setSelected] = useState<string | null>(null);
  const [tried, setTried] = useState<CaughtJob[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);

  const shown = jobs.value?.jobs.map((job) => tried.find((one) => one.id === job.id) ?? job) ?? [];
  // The newest until one is chosen; one that is no longer kept gives way to it.
  const job = shown.find((one) => one.id === selected) ?? shown[0];

  function change(next: LayoutDraft): void {
    setDraft(next);
    setTried([]);
    setProblem(null);
    setSaved(false);
    clear();
  }
  async function withLayout(run: (layout: Layout) => Promise<void>): Promise<void> {
    setSaved(false);
    const read = layoutOf(draft);
    setProblem('problem' in read ? read.problem : null);
    if ('layout' in read) await run(read.layout);
  }
  const tryIt = () =>
    withLayout(async (layout) => {
      const made = await send(() => api<{ jobs: CaughtJob[] }>('POST', `/sources/${id}/try`, { layout }));
      setTried(made?.jobs ?? []);
    });
  const keep = () =>
    withLayout(async (layout) => {
      const body = { settings: { ...source.settings, layout } };
      if (!(await send(() => api('PATCH', `/sources/${id}`, body)))) return;
      await jobs.read();
      setTried([]);
      setSaved(true);
      onChanged();
    });

  return (
    <div className="stack" data-testid="till-tickets">
      <FailureLine failure={jobs.failure} />
      {!jobs.value && !jobs.failure && <p className="soft">{t('loading')}</p>}
      {jobs.value && !job && <NoTicket settings={settings} />}
      {job && (
        <>
          <p className="soft">{t('caught.hint')}</p>
          <TicketList jobs={shown} selected={job.id} onSelect={setSelected} store={store} />
          <div className="beside">
            <PrintedTicket lines={job.lines} />
            <TicketOrder job={job} isTried={tried.includes(job)} store={store} />
          </div>
          <LayoutForm
            draft={draft}
            onChange={change}
            problem={problem}
            failure={failure}
            busy={busy}
            onTry={() => void tryIt()}
            onUse={() => void keep()}
          />
          {saved && (
            <p className="done" role="status">
              {t('caught.saved')}
            </p>
          )}
        </>
      )}
    </div>
  );
}

function NoTicket({ settings }: { settings: PrintSettings }) {
  const { t } = useText();
  return (
    <>
      <p>{t('caught.none', { address: tillAddress(settings, location.hostname, t('caught.address')) })}</p>
      {isThisComputer(settings.host) && <p className="soft">{t('caught.onlyHere')}</p>}
    </>
  );
}

function TicketList({
  jobs,
  selected,
  onSelect,
  store,
}: {
  jobs: readonly CaughtJob[];
  selected: string;
  onSelect: (id: string) => void;
  store: Store;
}) {
  const { t } = useText();
  const { moment } = useFormats(store);
  return (
    <ol className="tickets" aria-label={t('caught.title')}>
      {jobs.map(({ id, at, lines, order, plain }) => (
        <li key={id}>
          <button
            type="button"
            className="plain"
            data-testid="caught"
            aria-pressed={id === selected}
            onClick={() => onSelect(id)}
          >
            <time dateTime={at}>{moment(at)}</time>
            <bdi>{lines.find(({ text }) => text.trim() !== '')?.text.trim()}</bdi>
            <span className={plain ? 'late' : 'soft'}>
              {order.number !== null && (
                <>
                  <bdi>{t('ticket.number', { number: order.number })}</bdi> ·{' '}
                </>
              )}
              {t('caught.dishes', { count: order.items.length })}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
