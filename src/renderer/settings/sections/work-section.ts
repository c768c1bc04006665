import { EndOfDayRow } from '../hours-rows.tsx';
import type { SettingSection } from '../setting-row.ts';

/** How orders are worked. */
export const workSection: SettingSection = {
  id: 'work',
  rows: [
    {
      kind: 'choice',
      path: 'bumpBy',
      label: (t) => t('settings.bumpBy'),
      options: ['tap', 'double_tap'],
      word: (t, by) => t(`settings.bumpBy.${by as 'tap'}`),
    },
    {
      kind: 'number',
      path: 'undoSeconds',
      label: (t) => t('settings.undoSeconds'),
      min: 0,
      max: 30,
      step: 1,
      unit: 'second',
    },
    {
      kind: 'switch',
      path: 'autoAdvance',
      label: (t) => t('settings.autoAdvance'),
      hint: 'settings.autoAdvance.hint',
    },
    { kind: 'switch', path: 'allDayModifiers', label: (t) => t('settings.allDayModifiers') },
    {
      kind: 'number',
      path: 'toastSeconds',
      label: (t) => t('settings.toastSeconds'),
      min: 1,
      max: 60,
      step: 1,
      unit: 'second',
    },
    {
      kind: 'own',
      id: 'endOfDay',
      paths: ['endOfDay'],
      label: (t) => t('settings.endOfDay'),
      hint: 'settings.endOfDay.hint',
      Control: EndOfDayRow,
    },
  ],
};
