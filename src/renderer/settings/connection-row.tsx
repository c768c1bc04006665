import { Unplug } from 'lucide-react';
import { formatAgo, formatDelay } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { FactList } from '../shared/fact-list.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { shownLink } from '../view-store/shown-link.ts';
import controls from './controls.module.css';
import css from './settings.module.css';

/** A smaller difference counts as right, ms. */
const RIGHT_WITHIN_MS = 2_000;

/** The server, and the state of the link to it. */
export function ConnectionRow() {
  const { now } = useScreen();
  const text = useText();
  const { t } = text;
  const status = useView((view) => view.status);
  const { state, lastWordAt } = shownLink(useView((view) => view));
  if (!status) return null;
  const ahead = status.clockAheadMs;
  const clock =
    ahead === null
      ? t('ago.never')
      : Math.abs(ahead) < RIGHT_WITHIN_MS
        ? t('settings.clockRight')
        : t(ahead > 0 ? 'settings.clockAhead' : 'settings.clockBehind', { time: formatDelay(Math.abs(ahead), text) });
  const facts = [
    [t('setup.server'), status.serverUrl ?? '–'],
    [t('settings.store'), status.store?.name ?? '–'],
    [t('settings.pairedAs'), status.deviceName ?? '–'],
    [t('settings.link'), t(`link.${state}`)],
    [t('settings.lastWord'), formatAgo(lastWordAt === null ? null : now() - lastWordAt, text)],
    [t('settings.clock'), clock],
  ] as const;
  return (
    <div className={controls.setting}>
      <FactList className={css.facts} mark="connection-facts" facts={facts} />
    </div>
  );
}

/** Pairs with another server or under another name: opens the first-run form over the board. */
export function ChangeServerRow() {
  const { ui } = useScreen();
  const { t } = useText();
  return (
    <Button
      icon={Unplug}
      mark="change-server"
      onClick={() => ui.setState({ settings: false, pairing: { serverUrl: '', code: '' } })}
    >
      {t('settings.server')}
    </Button>
  );
}
