import { X } from 'lucide-react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './key-legend.module.css';
import { KeyLegend } from './key-legend.tsx';

/** The keys, along the lower edge of the screen; shown by a setting, or after `?` or F1. */
export function KeyLegendBar() {
  const { ui } = useScreen();
  const { t } = useText();
  const keys = useView((view) => view.status?.settings.keys);
  const shown = useUi((ui) => ui.legend) ?? keys?.legend;
  if (!shown || !keys) return null;
  return (
    <section className={css.legend} data-testid="key-legend" aria-label={t('legend.title')}>
      <KeyLegend keys={keys} />
      <Button
        icon={X}
        className={buttons.icon}
        aria-label={t('legend.hide')}
        onClick={() => ui.setState({ legend: false })}
      />
    </section>
  );
}
