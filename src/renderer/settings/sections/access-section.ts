import { FileRow } from '../file-row.tsx';
import { PinRow } from '../pin-rows.tsx';
import type { SettingSection } from '../setting-row.ts';

/** The PIN, and settings as a file. */
export const accessSection: SettingSection = {
  id: 'access',
  rows: [
    {
      kind: 'own',
      id: 'pin',
      paths: [],
      label: (t) => t('settings.pin'),
      hint: 'settings.pin.hint',
      Control: PinRow,
    },
    {
      kind: 'own',
      id: 'file',
      paths: [],
      label: (t) => t('settings.file'),
      hint: 'settings.file.hint',
      words: ['settings.fileSave', 'settings.fileLoad'],
      Control: FileRow,
    },
  ],
};
