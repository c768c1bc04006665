import type { LoginItemSettings } from 'electron';
import type { Desktop } from '#contract/desktop.ts';

type Found = Pick<LoginItemSettings, 'openAtLogin' | 'status' | 'executableWillLaunchAtLogin'>;

/**
 * Whether the system has our entry, also one that its user switched off. Writing it again would switch it on (Windows) or
 * ask again (macOS).
 */
export function hasLoginItem(platform: NodeJS.Platform, { openAtLogin, status }: Found): boolean {
  return platform === 'win32' ? openAtLogin : status === 'enabled' || status === 'requires-approval';
}

/** What came of the setting, according to the system. */
export function loginItemResult(
  platform: NodeJS.Platform,
  wanted: boolean,
  { status, executableWillLaunchAtLogin }: Found,
): Desktop['launchAtLogin'] {
  if (!wanted) return 'off';
  // `status` exists on macOS only, the other one on Windows only.
  if (platform === 'win32') return executableWillLaunchAtLogin ? 'on' : 'failed';
  if (status === 'requires-approval') return 'approval';
  return status === 'enabled' ? 'on' : 'failed';
}
