import { useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { TextField } from './text-field.tsx';
import { useSettings } from './use-settings.ts';

const pairedAs = (view: View) => view.status?.deviceName ?? undefined;

export function DisplayNameRow() {
  const { t } = useText();
  const { settings, change } = useSettings();
  return (
    <TextField
      label={t('settings.displayName')}
      value={settings.displayName ?? ''}
      maxLength={200}
      placeholder={useView(pairedAs)}
      onChange={(name) => change({ displayName: name || null })}
    />
  );
}
