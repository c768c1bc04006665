import { Fragment } from 'react';
import { KEY_ACTIONS, type KeyAction } from '#contract/setting-names.ts';
import { useText } from '../shared/screen.tsx';
import css from './key-legend.module.css';
import { codesOf, type Keys, labelOf } from './profiles.ts';

const ARROWS: readonly KeyAction[] = ['up', 'down', 'left', 'right'];

/** What each key does with these settings. */
export function KeyLegend({ keys }: { keys: Keys }) {
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
