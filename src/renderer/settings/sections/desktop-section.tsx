import { useText, useView } from '../../shared/screen.tsx';
import type { View } from '../../view-store/view-store.ts';
import controls from '../controls.module.css';
import type { SettingSection, Words } from '../setting-row.ts';

/** Settings of the installed app only. */
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

const desktopOf = (view: View) => view.status?.desktop ?? null;

/** What works on this machine, as the installed app found it. */
export function DesktopStateRow() {
  const { t } = useText();
  const desktop = useView(desktopOf);
  if (!desktop) return null;
  return (
    <ul className={controls.setting} data-testid="desktop-state">
      <li>{t(`settings.tray.${desktop.tray}`)}</li>
      <li>{t(`settings.notifications.${desktop.notifications}`)}</li>
      <li>{t(`settings.login.${desktop.launchAtLogin}`)}</li>
      <li>{t(`desktop.token.${desktop.token}`)}</li>
      {desktop.update !== null && <li>{t('desktop.update', { version: desktop.update })}</li>}
    </ul>
  );
}
