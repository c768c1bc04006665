import type { CSSProperties } from 'react';
import { Button } from '../shared/button.tsx';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useSetting, useText } from '../shared/screen.tsx';
import css from './all-day.module.css';
import { useAllDay } from './use-all-day.ts';

/** Everything still to be made, readable from across the kitchen. */
export function AllDayPanel({ onClose }: { onClose: () => void }) {
  const { actions } = useScreen();
  const { t } = useText();
  const counts = useAllDay();
  const apart = useSetting('allDayModifiers', false);
  const digits = Math.max(1, ...counts.map(({ quantity }) => String(quantity).length));
  return (
    <Modal title={t('allday.title')} mark="all-day-panel" wide onClose={onClose}>
      <Button
        mark="all-day-modifiers"
        aria-pressed={apart}
        onClick={() => actions.ask('changeSettings', { allDayModifiers: !apart })}
      >
        {t('allday.modifiers')}
      </Button>
      {counts.length === 0 && <p>{t('allday.none')}</p>}
      <ol className={css.counts} style={{ '--digits': digits } as CSSProperties}>
        {counts.map(({ name, modifiers, quantity }) => (
          <li key={`${name} ${modifiers}`}>
            <b className="figures">{quantity}</b>
            <span>
              <bdi>{name}</bdi>
              {modifiers.length > 0 && <small>{modifiers.join(' · ')}</small>}
            </span>
          </li>
        ))}
      </ol>
    </Modal>
  );
}
