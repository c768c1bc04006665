import { useState } from 'react';
import { useScreen, useText } from '../shared/screen.tsx';
import { PinField } from './pin-field.tsx';
import css from './settings.module.css';

/** Some of what is shown is kept by the PIN: here it is given. */
export function UnlockForm() {
  const { actions } = useScreen();
  const { t } = useText();
  const [said, setSaid] = useState<string | null>(null);
  async function unlock(pin: string): Promise<void> {
    const answer = await actions.ask('unlock', { pin });
    if (!answer || answer.unlocked) return;
    const seconds = Math.ceil(answer.waitMs / 1_000);
    setSaid(t(seconds > 0 ? 'settings.pinWait' : 'settings.pinWrong', { seconds }));
  }
  return (
    <section className={css.unlock} aria-label={t('settings.locked')}>
      <p>{t('settings.locked')}</p>
      <PinField label={t('settings.pin')} button={t('settings.unlock')} mark="unlock" said={said} onPin={unlock} />
    </section>
  );
}
