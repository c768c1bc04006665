import { detailsOf } from '#contract/errors.ts';
import type { Settings, SettingsPatch } from '#contract/settings.ts';
import { SettingsFile } from '#contract/settings-file.ts';

export function settingsFile({ printers: _, till: __, ...settings }: Settings): string {
  return `${JSON.stringify({ ticketrail: 'settings', version: 1, settings }, null, 2)}\n`;
}

/** The settings of a file, or its invalid fields, such as `settings.ages.pickup.lateMinutes`. */
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
