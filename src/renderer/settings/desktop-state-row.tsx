import { useText, useView } from '../shared/screen.tsx';
import controls from './controls.module.css';

/** What the installed app found to work on this machine. */
export function DesktopStateRow() {
  const { t } = useText();
  const desktop = useView((view) => view.status?.desktop ?? null);
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
