import { ReadingRow } from '../settings/reading-row.tsx';
import { Modal } from '../shared/modal.tsx';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './reading-panel.module.css';

/** Asks once, after a screen was paired, from how far it is read. Closing it keeps the size. */
export function ReadingPanel({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal title={t('settings.reading')} mark="reading-panel" onClose={onClose}>
      <div className={css.body}>
        <p>{t('settings.reading.hint')}</p>
        <ReadingRow />
        <button type="button" className={buttons.step} onClick={onClose}>
          {t('settings.reading.done')}
        </button>
      </div>
    </Modal>
  );
}
