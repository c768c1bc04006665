import { KeysRow } from '../keys-row.tsx';
import type { SettingSection } from '../setting-row.ts';

/** Which key does what. */
export const keysSection: SettingSection = {
  id: 'keys',
  rows: [
    {
      kind: 'choice',
      path: 'keys.profile',
      label: (t) => t('settings.keysProfile'),
      options: ['keyboard', 'bump_bar'],
      word: (t, profile) => t(`settings.keysProfile.${profile as 'keyboard'}`),
    },
    {
      kind: 'choice',
      path: 'keys.digits',
      label: (t) => t('settings.keysDigits'),
      options: ['select', 'bump'],
      word: (t, digits) => t(`settings.keysDigits.${digits as 'select'}`),
    },
    { kind: 'switch', path: 'keys.legend', label: (t) => t('settings.keysLegend') },
    {
      kind: 'own',
      id: 'keys.changed',
      paths: ['keys.changed'],
      label: (t) => t('settings.keysChange'),
      Control: KeysRow,
    },
  ],
};
