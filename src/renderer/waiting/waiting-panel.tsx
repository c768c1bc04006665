import { Download, Inbox } from 'lucide-react';
import type { Waiting } from '#contract/waiting.ts';
import { EventLine } from '../history/event-line.tsx';
import history from '../history/history.module.css';
import { Button } from '../shared/button.tsx';
import { intentLabel } from '../shared/intent-label.ts';
import { Modal } from '../shared/modal.tsx';
import { fileName, saveFile } from '../shared/save-file.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import css from './waiting.module.css';

/** The unanswered commands, since when and why, and the latest answers, so that no command leaves the list unnoticed. */
export function WaitingPanel({ onClose }: { onClose: () => void }) {
  const { now } = useScreen();
  const { t } = useText();
  // Any status may follow a tap or an answer; one arrives at least every 5 s.
  const queue = useAnswer(
    'getQueue',
    useView((view) => view.status),
  );
  if (!queue) return null;
  const { waiting, answered } = queue;
  const save = () => saveFile(fileName('queue', now(), 'json'), [JSON.stringify(queue, null, 2)], 'application/json');
  return (
    <Modal title={t('waiting.title')} mark="waiting-panel" wide onClose={onClose}>
      <div className={css.waitingHead}>
        <p>{t(waiting.length > 0 ? 'waiting.safe' : 'waiting.none')}</p>
        <Button icon={Download} mark="queue-export" onClick={save}>
          {t('history.export')}
        </Button>
      </div>
      {waiting.length > 0 && (
        <ol className={`${history.events} ${css.waiting}`}>
          {waiting.map((one) => (
            <WaitingLine key={one.commandId} one={one} />
          ))}
        </ol>
      )}
      {answered.length > 0 && (
        <section aria-label={t('waiting.lately')}>
          <h3 className={css.waitingLately}>{t('waiting.lately')}</h3>
          <ol className={history.events}>
            {answered.map((entry) => (
              <EventLine key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      )}
    </Modal>
  );
}

function WaitingLine({ one }: { one: Waiting }) {
  const text = useText();
  return (
    <li className={history.event} data-tone="tap" data-testid="waiting" data-why={one.why}>
      <Inbox />
      <p>
        <bdi className={`${history.eventOrder} figures`}>{one.orderNumber ?? text.t('failedCommand.unnumbered')}</bdi>{' '}
        <span>{intentLabel(one.intent, one.payload, text)}</span>
        <small>{text.t('waiting.tapped', { time: text.time(one.tappedAt) })}</small>
      </p>
      <span className={history.eventPath}>{whyOf(one.why, text)}</span>
    </li>
  );
}

type Words = ReturnType<typeof useText>;
/** The link's causes have their own texts. */
function whyOf(why: Waiting['why'], { t }: Words): string {
  switch (why) {
    case 'sending':
    case 'connecting':
    case 'not_paired':
      return t(`waiting.why.${why}`);
    default:
      return t(`cause.${why}`);
  }
}
