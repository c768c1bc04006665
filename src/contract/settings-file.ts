import { z } from 'zod';
import { SettingsPatch } from './settings.ts';

/** What a display's settings look like as a file: to be kept, or taken to the next tablet. No secret is among them. */
export const SettingsFile = z.strictObject({
  ticketrail: z.literal('settings'),
  version: z.literal(1),
  settings: SettingsPatch,
});
