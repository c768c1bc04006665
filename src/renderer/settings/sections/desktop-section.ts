import { DesktopStateRow } from '../desktop-state-row.tsx';
import type { SettingSection, Words } from '../setting-row.ts';

/** What only the installed app has. */
export const desktopSection: SettingSection = {
  id: 'desktop',
  desktopOnly: true,
  rows: [
    { kind: 'own', id: 'desktop', paths: [], label: (t) => t('settings.section.desktop'), Control: DesktopStateRow },
    { kind: 'switch', path: 'desktop.kiosk', label: (t) => t('settings.kiosk'), hint: 'settings.kiosk.hint' },
    { kind: 'switch', path: 'desktop.closeToTray', label: (t) => t('settings.closeToTray') },
    { kind: 'switch', path: 'desktop.launchAtLogin', label: (t) => t('settings.launchAtLogin') },
    ...(['changed', 'cancelled', 'escalation', 'link'] as const).map((what) => ({
      kind: 'switch' as const,
      path: `desktop.notify.${what}` as const,
      label: (t: Words) => t(`settings.notify.${what}`),
    })),
  ],
};
