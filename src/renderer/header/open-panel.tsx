import type { ComponentType } from 'react';
import { AllDayPanel } from '../all-day/all-day-panel.tsx';
import { FiguresPanel } from '../figures/figures-panel.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { RecallPanel } from '../recall/recall-panel.tsx';
import { SearchPanel } from '../search/search-panel.tsx';
import { useScreen, useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { WaitingPanel } from '../waiting/waiting-panel.tsx';

const PANELS: Record<NonNullable<Ui['panel']>, ComponentType<{ onClose: () => void }>> = {
  search: SearchPanel,
  recall: RecallPanel,
  all_day: AllDayPanel,
  figures: FiguresPanel,
  history: HistoryPanel,
  waiting: WaitingPanel,
};
const open = (ui: Ui) => ui.panel;

/** The panel that is open. */
export function OpenPanel() {
  const { ui } = useScreen();
  const panel = useUi(open);
  const Panel = panel && PANELS[panel];
  return Panel && <Panel onClose={() => ui.setState({ panel: null })} />;
}
