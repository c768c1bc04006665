import { X } from 'lucide-react';
import { Fragment } from 'react';
import { KEY_ACTIONS, type KeyAction } from '#contract/setting-names.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './key-legend.module.css';
import { codesOf, type Keys, labelOf } from './profiles.ts';

const ARROWS: readonly KeyAction[] = ['up', 'down', 'left', 'right'];

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

/** What each key does with these settings. */
function KeyLegend({ keys }: { keys: Keys }) {
  const { t } = useText();
  const rows = [
    { id: 'digits', codes: ['1–9'], does: t(`key.digits.${keys.digits}`) },
    { id: 'move', codes: ARROWS.flatMap((action) => codesOf(keys, action)), does: t('key.digits.select') },
    ...KEY_ACTIONS.filter((action) => !ARROWS.includes(action)).map((action) => ({
      id: action,
      codes: codesOf(keys, action),
      does: t(`key.${action}`),
    })),
    { id: 'legend', codes: ['?', 'F1'], does: t('legend.toggle') },
  ];
  return (
    <dl className={css.legendKeys}>
      {rows.map(({ id, codes, does }) => (
        <div key={id}>
          <dt dir="ltr">
            {codes.map((code, i) => (
              <Fragment key={code}>
                {i > 0 && ' '}
                <kbd>{labelOf(code)}</kbd>
              </Fragment>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
