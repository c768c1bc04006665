import { Fragment } from 'react';
import type { TextKey } from '../i18n/text.ts';
import { useText } from '../shared/screen.tsx';

const KEYS: readonly { keys: string; does: TextKey }[] = [
  { keys: '1–9  ← ↑ → ↓', does: 'keys.pick' },
  { keys: 'Enter', does: 'keys.bump' },
  { keys: 'R', does: 'keys.recall' },
  { keys: 'A', does: 'keys.seen' },
  { keys: 'M', does: 'keys.more' },
  { keys: 'Esc', does: 'keys.leave' },
];

/** The main path with no mouse and no touch. */
export function KeyLegend() {
  const { t } = useText();
  return (
    <section className="setting">
      <h3>{t('settings.keys')}</h3>
      <dl className="keys">
        {KEYS.map(({ keys, does }) => (
          <Fragment key={keys}>
            <dt dir="ltr">
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
