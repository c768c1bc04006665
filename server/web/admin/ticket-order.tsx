import type { CaughtJob } from '#contract/caught-job.ts';
import type { Store } from '#contract/store.ts';
import { useFormats, useText } from '../managing/page.tsx';

/** How the server begins the name of an item that the till took back. */
const VOID = 'VOID ';

/** The order that rules make of a ticket. */
export function TicketOrder({ job, isTried, store }: { job: CaughtJob; isTried: boolean; store: Store }) {
  const { t } = useText();
  const { money } = useFormats(store);
  const { number, table, covers, fulfilment, customer, items, note, totalMinor } = job.order;
  const facts = [
    table !== null && t('ticket.table', { table }),
    covers !== null && t('ticket.covers', { count: covers }),
    t(`fulfilment.${fulfilment}`),
    customer?.name,
    customer?.phone,
    totalMinor > 0 && money(totalMinor),
  ];
  return (
    <section className="stack" aria-label={t('caught.made')} data-testid="made-of-it" data-tried={isTried}>
      <small role="status">{t(isTried ? 'caught.tried' : 'caught.inUse')}</small>
      {job.problem && (
        <p className="late">
          <bdi lang="en">{job.problem}</bdi>
        </p>
      )}
      {job.plain && <p className="late">{t('caught.plain')}</p>}
      <p>
        {number === null ? (
          <span className="late">{t('caught.noNumber')}</span>
        ) : (
          <b className="number">
            <bdi>{number}</bdi>
          </b>
        )}
      </p>
      <p className="row">
        {facts.filter(Boolean).map((fact) => (
          <bdi key={String(fact)}>{fact}</bdi>
        ))}
      </p>
      <ul className="stack">
        {items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no id here, and no state
          <li key={at} data-testid="made-item" data-void={item.name.startsWith(VOID)}>
            <b className={item.name.startsWith(VOID) ? 'late' : undefined}>
              {item.quantity} × <bdi>{item.name}</bdi>
            </b>
            {item.modifiers.map(({ name, quantity }) => (
              <div key={name}>
                {quantity > 1 && `${quantity} × `}
                <bdi>{name}</bdi>
              </div>
            ))}
            {item.note && (
              <div className="soft lines">
                <bdi>{item.note}</bdi>
              </div>
            )}
          </li>
        ))}
      </ul>
      {note && (
        <div>
          <small>{t('caught.note')}</small>
          <p className="lines" data-testid="made-note">
            <bdi>{note}</bdi>
          </p>
        </div>
      )}
    </section>
  );
}
