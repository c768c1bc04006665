import { Inbox, MonitorCog, Receipt, Route, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { HistoryEntry } from '#contract/history.ts';
import { formatDelay } from '../i18n/format.ts';
import { useText } from '../shared/screen.tsx';
import { describeEvent, type EventDescription } from './describe-event.ts';
import css from './history.module.css';

const ICONS: Record<EventDescription['tone'], typeof Inbox> = {
  order: Receipt,
  tap: Inbox,
  link: Route,
  screen: MonitorCog,
  grave: TriangleAlert,
};

/** One entry: time, order and event; for a change also its path and delay. */
export const EventLine = memo(function EventLine({ entry }: { entry: HistoryEntry }) {
  const text = useText();
  const { subject, what, more, tone } = describeEvent(entry, text);
  const Icon = ICONS[tone];
  return (
    <li className={css.event} data-tone={tone} data-kind={entry.kind} data-testid="event">
      <time className="figures" dateTime={new Date(entry.at).toISOString()}>
        {text.moment(entry.at)}
      </time>
      <Icon />
      <p>
        {subject !== null && <bdi className={`${css.eventOrder} figures`}>{subject}</bdi>} <span>{what}</span>
        {more && <small dir="auto">{more}</small>}
      </p>
      {entry.kind === 'change' && (
        <span className={`${css.eventPath} figures`} data-path={entry.path}>
          {text.t(`history.path.${entry.path}`)}
          <small>{text.t('history.late', { delay: formatDelay(entry.delayMs, text) })}</small>
        </span>
      )}
    </li>
  );
});
