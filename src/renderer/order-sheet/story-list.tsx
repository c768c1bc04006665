import type { OrderEvent } from '#contract/order-story.ts';
import type { Waiting } from '#contract/waiting.ts';
import { EventLine } from '../history/event-line.tsx';
import history from '../history/history.module.css';
import { intentLabel } from '../shared/intent-label.ts';
import { Joined } from '../shared/joined.tsx';
import { useText } from '../shared/screen.tsx';
import { describeActor, describeFact } from './describe-fact.ts';
import css from './story-list.module.css';
import type { FoundStory, StoryState } from './use-order-story.ts';

/** Who did what and when, oldest first; at the end this screen's unanswered taps. */
export function StoryList({ found, state }: { found: FoundStory | null; state: StoryState }) {
  const { t, moment } = useText();
  const { events = [], refused = [], waiting = [], since = null } = found?.story ?? {};
  const whole = found !== null && since === null;
  return (
    <section
      className={css.story}
      aria-label={t('story.title')}
      data-testid="story"
      data-whole={whole}
      data-state={state}
    >
      <h3>{t('story.title')}</h3>
      <ol className={css.storyLines}>
        {events.map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened keeps its place
          <EventRow key={i} event={event} />
        ))}
      </ol>
      {refused.length > 0 && (
        <ol className={history.events}>
          {refused.map((entry) => (
            <EventLine key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <ol className={css.storyLines}>
        {waiting.map((one) => (
          <WaitingRow key={one.commandId} one={one} />
        ))}
      </ol>
      <p className={css.storyWhere} role="status">
        {whole ? t('story.whole') : found && t('story.here', { time: moment(since ?? 0) })}{' '}
        {state === 'asking' && t('find.asking')}
        {state === 'offline' && t('story.offline')}
        {state === 'unanswered' && t('story.unanswered')}
      </p>
    </section>
  );
}

function EventRow({ event }: { event: OrderEvent }) {
  const text = useText();
  return (
    <li className={css.storyLine} data-testid="story-line">
      <time className="figures" dateTime={new Date(event.at).toISOString()}>
        {text.moment(event.at)}
      </time>
      <p>
        {event.facts.map((fact) => {
          const words = describeFact(fact, text);
          return (
            <span key={words} data-fact={fact.what}>
              {words}
            </span>
          );
        })}
        <small>
          <Joined parts={[...describeActor(event, text), event.reason ?? '']} />
        </small>
      </p>
    </li>
  );
}

function WaitingRow({ one }: { one: Waiting }) {
  const text = useText();
  return (
    <li className={css.storyLine} data-testid="story-waiting">
      <time className="figures" dateTime={new Date(one.tappedAt).toISOString()}>
        {text.moment(one.tappedAt)}
      </time>
      <p>
        <span>{text.t('event.tap', { intent: intentLabel(one.intent, one.payload, text) })}</span>
        <small>{text.t('ticket.pending')}</small>
      </p>
    </li>
  );
}
