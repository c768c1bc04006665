import { AllDayPanel } from './all-day/all-day-panel.tsx';
import { AvailabilityPanel } from './availability/availability-panel.tsx';
import { FiguresPanel } from './figures/figures-panel.tsx';
import { FirstRun } from './first-run/first-run.tsx';
import { ReadingPanel } from './first-run/reading-panel.tsx';
import { HistoryPanel } from './history/history-panel.tsx';
import { OrderSheet } from './order-sheet/order-sheet.tsx';
import { RecallPanel } from './recall/recall-panel.tsx';
import { SearchPanel } from './search/search-panel.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { useScreen, useUi } from './shared/screen.tsx';
import type { Ui } from './shared/ui-store.ts';
import { TillPanel } from './till/till-panel.tsx';
import { WaitingPanel } from './waiting/waiting-panel.tsx';

const LOOKUPS = {
  search: SearchPanel,
  recall: RecallPanel,
  all_day: AllDayPanel,
  figures: FiguresPanel,
  history: HistoryPanel,
  waiting: WaitingPanel,
  availability: AvailabilityPanel,
  reading: ReadingPanel,
  till: TillPanel,
} as const satisfies Record<NonNullable<Ui['panel']>, unknown>;

interface PanelsProps {
  /** The screen has no server yet, or needs another one: the first-run form replaces the board. */
  firstRun: boolean;
}

/** Everything that opens over the board or replaces it: one chunk, loaded after the board (app.tsx). */
export function Panels({ firstRun }: PanelsProps) {
  const { ui } = useScreen();
  const name = useUi((ui) => ui.panel);
  const Panel = name && LOOKUPS[name];
  if (firstRun) return <FirstRun />;
  return (
    <>
      <OrderSheet />
      <SettingsDialog />
      {Panel && <Panel key={name} onClose={() => ui.setState({ panel: null })} />}
    </>
  );
}
