import { useStore } from 'zustand';
import { useLive, useText } from '../managing/page.tsx';
import type { ConsoleLogStore, LoggedEvent } from './console-log.ts';

/** Each event of the socket as a line that opens to its payload. */
export function EventLog({ log }: { log: ConsoleLogStore }) {
  const { t } = useText();
  const events = useStore(log, (state) => state.events);
  return (
    <section className="card" aria-labelledby="events">
      <div className="row">
        <h2 id="events">{t('console.events')}</h2>
        <button type="button" className="quiet" onClick={() => log.setState({ events: [] })}>
          {t('console.clear')}
        </button>
      </div>
      {events.length === 0 && <p className="soft">{t('console.noEvents')}</p>}
      <ol className="log">
        {events.map((event) => (
          <li key={event.id} data-testid="event" data-event={event.name}>
            <EventLine event={event} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function EventLine({ event: { name, at, payload } }: { event: LoggedEvent }) {
  const { t, locale } = useText();
  // The clock of the shop, as beside the orders.
  const timeZone = useLive((live) => live.stores?.[0]?.timeZone);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone }).format(at);
  if (payload === null)
    return (
      <p className="row">
        <time>{time}</time> {t(name === 'up' ? 'console.event.up' : 'console.event.down')}
      </p>
    );
  return (
    <details>
      <summary>
        <time>{time}</time> <b dir="ltr">{name}</b> <bdi>{gist(payload)}</bdi>
      </summary>
      <pre>{JSON.stringify(payload, null, 2)}</pre>
    </details>
  );
}

/** A few words of a payload: of changes, what happened to which orders. */
function gist(payload: unknown): string {
  const { changes, kind } = payload as {
    changes?: { type: string; order?: { number: string } | null }[];
    kind?: string;
  };
  if (kind) return kind;
  return (changes ?? []).map(({ type, order }) => `${type}${order ? ` ${order.number}` : ''}`).join(', ');
}

/** The calls of this page, to be copied. */
export function CallLog({ log }: { log: ConsoleLogStore }) {
  const { t } = useText();
  const calls = useStore(log, (state) => state.calls);
  return (
    <section className="card" aria-labelledby="calls">
      <h2 id="calls">{t('console.calls')}</h2>
      <p className="soft">{t('console.noCalls')}</p>
      <ol className="log">
        {calls.map(({ id, curl, answer }) => (
          <li key={id} data-testid="call">
            <pre>
              {curl}
              {'\n'}# {answer}
            </pre>
          </li>
        ))}
      </ol>
    </section>
  );
}
