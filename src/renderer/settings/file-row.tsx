import { Download, Upload } from 'lucide-react';
import { type ChangeEvent, useState } from 'react';
import { Button } from '../shared/button.tsx';
import { fileName, saveFile } from '../shared/save-file.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import controls from './controls.module.css';
import css from './settings.module.css';

/** Exports and imports all settings. A file with an error changes nothing, and the row names the error. */
export function FileRow() {
  const { actions, now } = useScreen();
  const { t } = useText();
  const [note, setNote] = useState('');

  async function save(): Promise<void> {
    const file = await actions.ask('exportSettings', null);
    if (file) saveFile(fileName('settings', now(), 'json'), [file.text], 'application/json');
  }
  async function load(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (!file) return;
    const done = await actions.ask('importSettings', { text: await file.text() });
    if (!done) return setNote('');
    const [first] = done.wrong;
    if (first === undefined) setNote(t('settings.fileTaken'));
    else
      setNote(first === '' ? t('settings.fileUnreadable') : t('settings.fileWrong', { fields: done.wrong.join(', ') }));
  }

  return (
    <div className={controls.setting}>
      <div className={controls.settingRow}>
        <Button icon={Download} mark="export-settings" onClick={save}>
          {t('settings.fileSave')}
        </Button>
        <label className={`${buttons.choice} ${css.file}`}>
          <Upload />
          {t('settings.fileLoad')}
          <input type="file" accept="application/json,.json" data-testid="import-settings" onChange={load} />
        </label>
      </div>
      <p role="status" data-testid="file-said">
        {note}
      </p>
    </div>
  );
}
