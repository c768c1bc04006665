import { TriangleAlert } from 'lucide-react';
import type { CallInput, Trouble } from '#contract/bridge.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const none: Trouble[] = [];
const troubles = (view: View) => view.status?.troubles ?? none;
const GRAVE: readonly Trouble[] = ['disk_full', 'disk_failed'];
type Told = CallInput<'dismissTrouble'>['trouble'];
/** Over when a person has read it; the others when they are over. */
const TOLD: readonly Told[] = ['queue_set_aside', 'identity_renewed', 'server_restored', 'clock_wrong'];

/** Trouble with the display itself, until it is over. */
export function TroubleStrips() {
  const { actions } = useScreen();
  const { t } = useText();
  const read = (trouble: Trouble) => {
    const told = TOLD.find((one) => one === trouble);
    return told && { label: t('failedCommand.dismiss'), run: () => actions.dismissTrouble(told) };
  };
  return useView(troubles).map((trouble) => (
    <Strip
      key={trouble}
      tone={GRAVE.includes(trouble) ? 'down' : 'warning'}
      mark="strip-trouble"
      icon={<TriangleAlert aria-hidden="true" />}
      title={t(`trouble.${trouble}`)}
      action={read(trouble)}
    >
      {t(`trouble.${trouble}.do`)}
    </Strip>
  ));
}
