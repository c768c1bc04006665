import { z } from 'zod';
import { SettingsPatch } from './settings.ts';

/** A display's settings as a file, for backup or for another tablet. It contains no secrets, and nothing of the place's network: no printers (ADR 54), no till (ADR 56). */
export const SettingsFile = z.strictObject({
  ticketrail: z.literal('settings'),
  version: z.literal(1),
  settings: SettingsPatch.omit({ printers: true, till: true }),
});
