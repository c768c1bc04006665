import { Printer } from 'lucide-react';
import type { DisplayStatus } from '#contract/display-status.ts';
import { useText, useView } from '../shared/screen.tsx';
import { Banner } from './banner.tsx';

const none: DisplayStatus['printers'] = [];

/** The printers of this screen that do not print what waits for them. */
export function PrinterBanners() {
  const { t } = useText();
  return useView((view) => view.status?.printers ?? none).map(
    ({ id, name, trouble, waiting }) =>
      trouble && (
        <Banner
          key={id}
          tone="warning"
          mark="strip-printer"
          icon={<Printer />}
          title={t(`printer.${trouble}`, { name })}
        >
          {[t(`printer.${trouble}.do`), waiting > 0 && t('printer.waiting', { count: waiting })]
            .filter(Boolean)
            .join(' ')}
        </Banner>
      ),
  );
}
