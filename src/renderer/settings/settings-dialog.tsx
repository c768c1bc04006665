import { History, Inbox, Minus, Plus, Volume2 } from 'lucide-react';
import type { Settings } from '#contract/settings.ts';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { View } from '../view-store/view-store.ts';
import { ChoiceRow } from './choice-row.tsx';
import { KeyLegend } from './key-legend.tsx';
import { LanguageRow } from './language-row.tsx';
import './settings.css';

const settingsOf = (view: View) => view.status?.settings;
const isOpen = (ui: Ui) => ui.settings;

const ZOOM = { step: 0.1, min: 0.6, max: 2 };

/** What a person may set on this screen; the default of each needs no visit. */
export function SettingsDialog() {
  const { ui } = useScreen();
  const settings = useView(settingsOf);
  const open = useUi(isOpen);
  if (!open || !settings) return null;
  return <Dialog settings={settings} onClose={() => ui.setState({ settings: false })} />;
}

function Dialog({ settings, onClose }: { settings: Settings; onClose: () => void }) {
  const { actions, sound, ui } = useScreen();
  const { t } = useText();
  const open = (panel: 'history' | 'waiting') => ui.setState({ settings: false, panel });
  const zoomBy = (step: number) => {
    const zoom = Math.round((settings.zoom + step) * 10) / 10;
    actions.changeSettings({ zoom: Math.min(ZOOM.max, Math.max(ZOOM.min, zoom)) });
  };
  return (
    <Modal title={t('settings.title')} mark="settings-dialog" onClose={onClose}>
      <div className="settings">
        <ChoiceRow
          name={t('settings.theme')}
          value={settings.theme}
          options={(['dark', 'light', 'system'] as const).map((value) => ({
            value,
            label: t(`settings.theme.${value}`),
          }))}
          onChoose={(theme) => actions.changeSettings({ theme })}
        />
        <ChoiceRow
          name={t('settings.layout')}
          value={settings.layout}
          options={(['columns', 'grid'] as const).map((value) => ({ value, label: t(`settings.layout.${value}`) }))}
          onChoose={(layout) => actions.changeSettings({ layout })}
        />
        <LanguageRow />
        <div className="setting">
          <label htmlFor="volume">{t('settings.volume')}</label>
          <div className="setting-row">
            <input
              id="volume"
              type="range"
              min={0}
              max={100}
              step={5}
              value={Math.round(settings.volume * 100)}
              onChange={(event) => actions.changeSettings({ volume: Number(event.target.value) / 100 })}
            />
            <button
              type="button"
              className="choice"
              data-testid="test-sound"
              onClick={() => sound.play('new', settings.volume)}
            >
              <Volume2 aria-hidden="true" />
              {t('settings.test')}
            </button>
          </div>
        </div>
        <fieldset className="setting">
          <legend>{t('settings.zoom')}</legend>
          <div className="setting-row">
            <button
              type="button"
              className="side"
              aria-label={t('settings.smaller')}
              onClick={() => zoomBy(-ZOOM.step)}
            >
              <Minus aria-hidden="true" />
            </button>
            <output className="figures">{Math.round(settings.zoom * 100)} %</output>
            <button type="button" className="side" aria-label={t('settings.larger')} onClick={() => zoomBy(ZOOM.step)}>
              <Plus aria-hidden="true" />
            </button>
          </div>
        </fieldset>
        <div className="setting look-up">
          <button type="button" className="choice" data-testid="open-history" onClick={() => open('history')}>
            <History aria-hidden="true" />
            {t('history.title')}
          </button>
          <button type="button" className="choice" onClick={() => open('waiting')}>
            <Inbox aria-hidden="true" />
            {t('waiting.title')}
          </button>
        </div>
        <KeyLegend />
      </div>
    </Modal>
  );
}
