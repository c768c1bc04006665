import { FileDown, History, Inbox, TicketCheck } from 'lucide-react';
import { Button } from '../shared/button.tsx';
import { saveFile } from '../shared/save-file.ts';
import { useScreen, useText } from '../shared/screen.tsx';

/** Puts a test order on this screen and closes the settings, so that it can be seen. */
export function TestOrderRow() {
  const { actions, ui } = useScreen();
  const { t } = useText();
  const test = async () => {
    if (await actions.ask('testOrder', null)) ui.setState({ settings: false });
  };
  return (
    <Button mark="test-order" icon={TicketCheck} onClick={test}>
      {t('settings.testOrder')}
    </Button>
  );
}

export function HistoryRow() {
  const { ui } = useScreen();
  const { t } = useText();
  return (
    <Button mark="open-history" icon={History} onClick={() => ui.setState({ settings: false, panel: 'history' })}>
      {t('history.title')}
    </Button>
  );
}

export function WaitingRow() {
  const { ui } = useScreen();
  const { t } = useText();
  return (
    <Button mark="diagnosis-waiting" icon={Inbox} onClick={() => ui.setState({ settings: false, panel: 'waiting' })}>
      {t('waiting.title')}
    </Button>
  );
}

/** Saves an archive for support, without secrets. */
export function ExportDiagnosisRow() {
  const { actions } = useScreen();
  const { t } = useText();
  const save = async () => {
    const made = await actions.ask('exportDiagnosis', null);
    if (made)
      saveFile(made.name, [Uint8Array.from(atob(made.base64), (char) => char.charCodeAt(0))], 'application/zip');
  };
  return (
    <Button mark="export-diagnosis" icon={FileDown} onClick={save}>
      {t('settings.exportLog')}
    </Button>
  );
}
