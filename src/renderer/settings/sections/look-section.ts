import { KeepAwakeRow } from '../hours-rows.tsx';
import { LanguageRow } from '../language-row.tsx';
import type { SettingSection } from '../setting-row.ts';

/** How the screen looks. */
export const lookSection: SettingSection = {
  id: 'look',
  rows: [
    {
      kind: 'choice',
      path: 'theme',
      label: (t) => t('settings.theme'),
      options: ['dark', 'light', 'contrast', 'system'],
      word: (t, theme) => t(`settings.theme.${theme as 'dark'}`),
    },
    {
      kind: 'choice',
      path: 'layout',
      label: (t) => t('settings.layout'),
      options: ['columns', 'grid'],
      word: (t, layout) => t(`settings.layout.${layout as 'grid'}`),
    },
    { kind: 'own', id: 'language', paths: ['language'], label: (t) => t('settings.language'), Control: LanguageRow },
    { kind: 'number', path: 'zoom', label: (t) => t('settings.zoom'), min: 0.6, max: 2, step: 0.1, unit: 'percent' },
    {
      kind: 'number',
      path: 'textSize',
      label: (t) => t('settings.textSize'),
      min: 0.8,
      max: 1.6,
      step: 0.1,
      unit: 'percent',
    },
    {
      kind: 'choice',
      path: 'density',
      label: (t) => t('settings.density'),
      options: ['comfortable', 'compact'],
      word: (t, density) => t(`settings.density.${density as 'compact'}`),
    },
    {
      kind: 'number',
      path: 'ticketsPerPage',
      label: (t) => t('settings.ticketsPerPage'),
      hint: 'settings.ticketsPerPage.hint',
      min: 4,
      max: 24,
      step: 1,
      unit: 'count',
    },
    {
      kind: 'choice',
      path: 'currencyDisplay',
      label: (t) => t('settings.currencyDisplay'),
      options: ['symbol', 'code', 'none'],
      word: (t, display) => t(`settings.currencyDisplay.${display as 'code'}`),
    },
    {
      kind: 'own',
      id: 'keepAwake',
      paths: ['desktop.keepAwake', 'desktop.keepAwakeHours'],
      label: (t) => t('settings.keepAwake'),
      words: ['settings.keepAwake.cannot'],
      Control: KeepAwakeRow,
    },
  ],
};
