import { type FormEvent, useState } from 'react';
import type { Availability } from '#contract/availability.ts';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { serverNow } from '../managing/live-store.ts';
import { useFormats, useLive, useNow, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';

const PAUSES = [15, 30, 60, 120];

/** Pause, busy, closed, sold out; every screen of the shop shows it. */
export function AvailabilityView({ store }: { store: Store }) {
  const { t } = useText();
  const { when } = useFormats(store);
  const { api, live } = usePage();
  const { busy, failure, send } = useSend();
  const now = useNow();
  const takes = useLive((state) => state.availability[store.id]);
  const [dish, setDish] = useState('');
  if (!takes) return <p role="status">{t('take.unknown')}</p>;

  async function change(patch: Partial<Availability>): Promise<boolean> {
    const next = await send(() => api<Availability>('PATCH', `/stores/${store.id}/availability`, patch));
    if (!next) return false;
    live.setState(({ availability }) => ({ availability: { ...availability, [store.id]: next } }));
    return true;
  }
  const isAhead = (until: string | null): until is string => until !== null && Date.parse(until) > now;
  const inMinutes = (minutes: number) => new Date(serverNow(live.getState()) + minutes * 60_000).toISOString();
  const button = (mark: string, words: string, patch: Partial<Availability>) => (
    <button
      key={mark}
      type="button"
      className="plain"
      data-testid={mark}
      disabled={busy}
      onClick={() => void change(patch)}
    >
      {words}
    </button>
  );
  const choice = (mark: string, words: string, isChosen: boolean, patch: Partial<Availability>) => (
    <button
      type="button"
      className="plain"
      data-testid={mark}
      aria-pressed={isChosen}
      disabled={busy}
      onClick={() => void change(patch)}
    >
      {words}
    </button>
  );
  async function soldOut(event: FormEvent): Promise<void> {
    event.preventDefault();
    const others = (takes?.unavailable ?? []).filter(({ name }) => name !== dish.trim());
    if (await change({ unavailable: [...others, { name: dish.trim(), until: null }] })) setDish('');
  }
  return (
    <div className="grid">
      <section className="card">
        <h2>{t('take.shop')}</h2>
        <FailureLine failure={failure} />
        <div className="row">
          {choice('open', t('take.open'), takes.open, { open: true })}
          {choice('close', t('take.closed'), !takes.open, { open: false })}
        </div>
        <p className="soft">{t('take.closed.hint')}</p>
      </section>
      <section className="card">
        <h2>{t('take.pause')}</h2>
        <p className="soft">{t('take.pause.hint')}</p>
        {isAhead(takes.pausedUntil) && (
          <div className="line">
            <span className="late">{t('take.pause.until', { time: when(takes.pausedUntil) })}</span>
            {button('end-pause', t('take.pause.end'), { pausedUntil: null })}
          </div>
        )}
        <div className="pairs">
          {PAUSES.map((minutes) =>
            button(`pause-${minutes}`, t('availability.minutes', { minutes }), { pausedUntil: inMinutes(minutes) }),
          )}
        </div>
      </section>
      <section className="card">
        <h2>{t('take.busy')}</h2>
        <p className="soft">{t('take.busy.hint')}</p>
        {isAhead(takes.busyUntil) && (
          <div className="line">
            <span>{t('take.busy.until', { time: when(takes.busyUntil) })}</span>
            {button('end-busy', t('take.busy.end'), { busyUntil: null })}
          </div>
        )}
        <div className="pairs">
          {PAUSES.map((minutes) =>
            button(`busy-${minutes}`, t('availability.minutes', { minutes }), { busyUntil: inMinutes(minutes) }),
          )}
        </div>
      </section>
      <section className="card">
        <h2>{t('take.soldOut')}</h2>
        {takes.unavailable.length === 0 && <p className="soft">{t('availability.none')}</p>}
        <ul className="stack">
          {takes.unavailable.map(({ name }) => (
            <li key={name} className="line" data-testid="sold-out">
              <bdi>{name}</bdi>
              {button('back-on', t('take.backOn'), {
                unavailable: takes.unavailable.filter((one) => one.name !== name),
              })}
            </li>
          ))}
        </ul>
        <form className="row" onSubmit={(event) => void soldOut(event)}>
          <Field
            label={t('availability.dish')}
            value={dish}
            onChange={setDish}
            required
            pattern=".*\S.*"
            maxLength={200}
          />
          <button type="submit" className="main" disabled={busy}>
            {t('do.add')}
          </button>
        </form>
      </section>
    </div>
  );
}
