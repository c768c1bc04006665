import { Printer } from 'lucide-react';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';

/** Prints the order: on each of this screen's printers, or, where it has none, as a page. */
export function PrintButtons({ orderId }: { orderId: string }) {
  const { actions } = useScreen();
  const { t } = useText();
  const printers = useView((view) => view.status?.printers);
  const installed = useView((view) => (view.status?.desktop ?? null) !== null);
  // In the installed app `window.print` would stop the page, and with it the alarm, until somebody closes its dialog.
  const printPage = () => (installed ? void actions.ask('print', null) : window.print());
  if (!printers?.length)
    return (
      <Button icon={Printer} mark="print" onClick={printPage}>
        {t('print.button')}
      </Button>
    );
  return printers.map(({ id, name }) => (
    <Button
      key={id}
      icon={Printer}
      mark="print-paper"
      onClick={() => void actions.ask('printPaper', { printerId: id, orderId })}
    >
      {t('print.on', { name })}
    </Button>
  ));
}
