import { SOUND_KINDS } from '#contract/setting-names.ts';
import { MUTE_MINUTES } from '../../sound/silence-reason.ts';
import { QuietHoursRow } from '../hours-rows.tsx';
import type { SettingSection, Words } from '../setting-row.ts';
import { MuteRow, soundRow } from '../sound-rows.tsx';

/** What is heard. */
export const soundsSection: SettingSection = {
  id: 'sounds',
  rows: [
    {
      kind: 'number',
      path: 'volume',
      label: (t) => t('settings.volume'),
      min: 0,
      max: 1,
      step: 0.1,
      unit: 'percent',
    },
    {
      kind: 'own',
      id: 'mute',
      paths: [],
      label: (t) => t('sounds.mute', { minutes: MUTE_MINUTES }),
      words: ['sounds.unmute'],
      Control: MuteRow,
    },
    ...SOUND_KINDS.map((kind) => ({
      kind: 'own' as const,
      id: `sounds.${kind}`,
      paths: [`sounds.${kind}.on`, `sounds.${kind}.volume`],
      label: (t: Words) => t(`settings.sound.${kind}`),
      Control: soundRow(kind),
    })),
    {
      kind: 'own',
      id: 'quietHours',
      paths: ['quietHours'],
      label: (t) => t('settings.quietHours'),
      hint: 'settings.quietHours.hint',
      Control: QuietHoursRow,
    },
    { kind: 'switch', path: 'speakNumbers', label: (t) => t('settings.speakNumbers') },
  ],
};
