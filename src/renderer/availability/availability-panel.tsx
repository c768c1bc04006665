import type { CallInput } from '#contract/bridge.ts';
import { formatUnit } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import css from './availability.module.css';
import { Dishes } from './dishes.tsx';
import { sendChange } from './send-change.ts';
import { untilText } from './until-text.ts';
import { useAvailability } from './use-availability.ts';

const MINUTES = [15, 30, 60];

/** Pause, busy, open or closed, and which dishes are sold out. All but the dishes close it: the strip below the board shows them. */
export function AvailabilityPanel({ onClose }: { onClose: () => void }) {
  const screen = useScreen();
  const { t } = useText();
  const takes = useAvailability();
  const set = (patch: CallInput<'setAvailability'>) => {
    void sendChange(screen, 'setAvailability', patch);
    onClose();
  };
  return (
    <Modal title={t('take.title')} mark="availability-panel" wide onClose={onClose}>
      {takes === null ? (
        <p className={css.hint}>{t('take.unknown')}</p>
      ) : (
        <>
          <div className={css.groups}>
            <Times what="pause" until={takes.pausedUntil} onSet={(pausedUntil) => set({ pausedUntil })} />
            <Times what="busy" until={takes.busyUntil} onSet={(busyUntil) => set({ busyUntil })} />
            <fieldset className={css.group}>
              <legend>{t('take.shop')}</legend>
              <p className={css.hint}>{t('take.closed.hint')}</p>
              <div className={css.choices}>
                <Button mark="open" aria-pressed={takes.open} onClick={() => set({ open: true })}>
                  {t('take.open')}
                </Button>
                <Button mark="close" aria-pressed={!takes.open} onClick={() => set({ open: false })}>
                  {t('take.closed')}
                </Button>
              </div>
            </fieldset>
          </div>
          <Dishes soldOut={takes.unavailable} />
        </>
      )}
    </Modal>
  );
}

interface TimesProps {
  what: 'pause' | 'busy';
  until: string | null;
  onSet(until: string | null): void;
}

/** How long; while it lasts also until when, and a button that ends it. */
function Times({ what, until, onSet }: TimesProps) {
  const { now } = useScreen();
  const words = useText();
  const { t } = words;
  const after = (minutes: number) => new Date(now() + minutes * 60_000).toISOString();
  return (
    <fieldset className={css.group}>
      <legend>{t(`take.${what}`)}</legend>
      {until === null ? (
        <p className={css.hint}>{t(`take.${what}.hint`)}</p>
      ) : (
        <p className={css.now}>{t(`take.${what}.until`, { time: untilText(until, now(), words) })}</p>
      )}
      <div className={css.choices}>
        {MINUTES.map((minutes) => (
          <Button key={minutes} mark={what} data-minutes={minutes} onClick={() => onSet(after(minutes))}>
            {formatUnit('minute', minutes, words)}
          </Button>
        ))}
        {what === 'pause' && (
          <Button mark="pause-day" onClick={() => onSet('day_end')}>
            {t('take.dayEnd')}
          </Button>
        )}
        {until !== null && (
          <Button mark={`end-${what}`} onClick={() => onSet(null)}>
            {t(`take.${what}.end`)}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
