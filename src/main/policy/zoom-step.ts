import { SettingsPatch } from '#contract/settings.ts';

const STEP = 0.1;

/** `settings.zoom` one step larger or smaller, within the setting's range, or reset to 1. */
export function zoomStep(zoom: number, step: 'in' | 'out' | 'reset'): number {
  if (step === 'reset') return 1;
  const next = Math.round((zoom + (step === 'in' ? STEP : -STEP)) * 10) / 10;
  return SettingsPatch.safeParse({ zoom: next }).success ? next : zoom;
}
