import { FULFILMENTS } from '#contract/status.ts';
import type { SettingSection } from '../setting-row.ts';

/** When tickets turn yellow and red. */
export const timesSection: SettingSection = {
  id: 'times',
  rows: FULFILMENTS.flatMap((fulfilment) =>
    (['warningMinutes', 'lateMinutes'] as const).map((band) => ({
      kind: 'number' as const,
      path: `ages.${fulfilment}.${band}` as const,
      label: (t) => t(`settings.ages.${band}`, { fulfilment: t(`fulfilment.${fulfilment}`) }),
      min: 0.5,
      max: 240,
      step: 0.5,
      unit: 'minute' as const,
    })),
  ),
};
