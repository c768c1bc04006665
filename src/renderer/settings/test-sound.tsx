import { Volume2 } from 'lucide-react';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { useSettings } from './use-settings.ts';

/** The bell of a new order, as loud as it will be. */
export function TestSound() {
  const { sound } = useScreen();
  const { t } = useText();
  const { settings } = useSettings();
  return (
    <button
      type="button"
      className={buttons.choice}
      data-testid="test-sound"
      onClick={() => sound.play('new', settings.volume * settings.sounds.new.volume)}
    >
      <Volume2 aria-hidden="true" />
      {t('settings.test')}
    </button>
  );
}
