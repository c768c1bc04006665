import { z } from 'zod';
import { detailsOf } from '#contract/errors.ts';
import { type Settings, SettingsPatch } from '#contract/settings.ts';

/** What a display's settings look like as a file: to be kept, or taken to the next tablet. No secret is among them. */
const SettingsFile = z.strictObject({
  ticketrail: z.literal('settings'),
  version: z.literal(1),
  settings: SettingsPatch,
});

export const settingsFile = (settings: Settings): string =>
  `${JSON.stringify({ ticketrail: 'settings', version: 1, settings }, null, 2)}\n`;

/** The settings in such a file, or the places in it that are wrong, such as `settings.ages.pickup.lateMinutes`. */
export function readSettingsFile(text: string): { settings: SettingsPatch } | { wrong: string[] } {
  const parsed = SettingsFile.safeParse(jsonOf(text));
  if (parsed.success) return { settings: parsed.data.settings };
  return { wrong: [...new Set(detailsOf(parsed.error).map(({ path }) => path))] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
