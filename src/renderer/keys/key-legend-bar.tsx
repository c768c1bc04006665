import { X } from 'lucide-react';
import { Suspense } from 'react';
import { Button } from '../shared/button.tsx';
import { lazyPart } from '../shared/lazy-part.ts';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './key-legend.module.css';

const KeyLegend = lazyPart(() => import('./key-legend.tsx').then(({ KeyLegend }) => KeyLegend));

/** The keys, along the lower edge of the screen; shown by a setting, or after `?` or F1. */
export function KeyLegendBar() {
  const { ui } = useScreen();
  const { t } = useText();
  const keys = useView((view) => view.status?.settings.keys);
  const shown = useUi((ui) => ui.legend) ?? keys?.legend;
  if (!shown || !keys) return null;
  return (
    <section className={css.legend} data-testid="key-legend" aria-label={t('legend.title')}>
      <Suspense>
        <KeyLegend keys={keys} />
      </Suspense>
      <Button
        icon={X}
        className={buttons.icon}
        aria-label={t('legend.hide')}
        onClick={() => ui.setState({ legend: false })}
      />
    </section>
  );
}
