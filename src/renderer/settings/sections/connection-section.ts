import { ChangeServerRow, ConnectionRow } from '../connection-row.tsx';
import type { SettingSection } from '../setting-row.ts';

/** Where the orders come from. */
export const connectionSection: SettingSection = {
  id: 'connection',
  rows: [
    {
      kind: 'own',
      id: 'connection',
      paths: [],
      label: (t) => t('settings.link'),
      words: ['setup.server'],
      Control: ConnectionRow,
    },
    {
      kind: 'number',
      path: 'pollSeconds',
      label: (t) => t('settings.pollSeconds'),
      hint: 'settings.pollSeconds.hint',
      min: 5,
      max: 300,
      step: 5,
      unit: 'second',
    },
    { kind: 'own', id: 'server', paths: [], label: (t) => t('settings.changeServer'), Control: ChangeServerRow },
  ],
};
