import { FileDown, History, Inbox, TicketCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../shared/button.tsx';
import { saveFile } from '../shared/save-file.ts';
import { useScreen, useText } from '../shared/screen.tsx';

interface ToolProps {
  mark: string;
  icon: ReactNode;
  label: string;
  onUse: () => void;
}
const Tool = ({ mark, icon, label, onUse }: ToolProps) => (
  <Button mark={mark} onClick={onUse}>
    {icon}
    {label}
  </Button>
);

/** Puts a test order on this screen and closes the settings, so that it can be seen. */
export function TestOrderRow() {
  const { actions, ui } = useScreen();
  const { t } = useText();
  const test = async () => {
    if (await actions.ask('testOrder', null)) ui.setState({ settings: false });
  };
  return <Tool mark="test-order" icon={<TicketCheck />} label={t('settings.testOrder')} onUse={test} />;
}

export function HistoryRow() {
  const { ui } = useScreen();
  const { t } = useText();
  const open = () => ui.setState({ settings: false, panel: 'history' });
  return <Tool mark="open-history" icon={<History />} label={t('history.title')} onUse={open} />;
}

export function WaitingRow() {
  const { ui } = useScreen();
  const { t } = useText();
  const open = () => ui.setState({ settings: false, panel: 'waiting' });
  return <Tool mark="diagnosis-waiting" icon={<Inbox />} label={t('waiting.title')} onUse={open} />;
}

/** Saves one archive for support; it holds no secrets. */
export function ExportDiagnosisRow() {
  const { actions } = useScreen();
  const { t } = useText();
  const save = async () => {
    const made = await actions.ask('exportDiagnosis', null);
    if (made)
      saveFile(made.name, [Uint8Array.from(atob(made.base64), (char) => char.charCodeAt(0))], 'application/zip');
  };
  return <Tool mark="export-diagnosis" icon={<FileDown />} label={t('settings.exportLog')} onUse={save} />;
}
