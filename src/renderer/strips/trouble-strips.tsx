import { TriangleAlert } from 'lucide-react';
import type { Trouble } from '#contract/bridge.ts';
import { useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import { Strip } from './strip.tsx';

const none: Trouble[] = [];
const troubles = (view: View) => view.status?.troubles ?? none;
const GRAVE: readonly Trouble[] = ['disk_full', 'disk_failed'];

/** Trouble with the display itself, until it is over. */
export function TroubleStrips() {
  const { t } = useText();
  return useView(troubles).map((trouble) => (
    <Strip
      key={trouble}
      tone={GRAVE.includes(trouble) ? 'down' : 'warning'}
      mark="strip-trouble"
      icon={<TriangleAlert aria-hidden="true" />}
      title={t(`trouble.${trouble}`)}
    >
      {t(`trouble.${trouble}.do`)}
    </Strip>
  ));
}
