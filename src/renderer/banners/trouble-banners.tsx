import { TriangleAlert } from 'lucide-react';
import type { CallInput } from '#contract/bridge.ts';
import type { Trouble } from '#contract/display-status.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { Banner } from './banner.tsx';

const none: Trouble[] = [];
const GRAVE: readonly Trouble[] = ['disk_full', 'disk_failed', 'files_removed'];
type Dismissible = CallInput<'dismissTrouble'>['trouble'];
/** A person dismisses these; the others disappear when the trouble ends. */
const DISMISSIBLE: readonly Dismissible[] = ['queue_set_aside', 'server_restored', 'clock_wrong'];

/** Trouble with the display itself. */
export function TroubleBanners() {
  const { actions } = useScreen();
  const { t } = useText();
  const dismiss = (trouble: Trouble) => {
    const known = DISMISSIBLE.find((one) => one === trouble);
    return known && { label: t('failedCommand.dismiss'), run: () => actions.ask('dismissTrouble', { trouble: known }) };
  };
  return useView((view) => view.status?.troubles ?? none).map((trouble) => (
    <Banner
      key={trouble}
      tone={GRAVE.includes(trouble) ? 'down' : 'warning'}
      mark="strip-trouble"
      icon={<TriangleAlert />}
      title={t(`trouble.${trouble}`)}
      action={dismiss(trouble)}
    >
      {t(`trouble.${trouble}.do`)}
    </Banner>
  ));
}
