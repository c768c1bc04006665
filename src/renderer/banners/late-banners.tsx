import { AvailabilityStrip } from '../availability/availability-strip.tsx';
import { TillBanner } from '../till/till-banner.tsx';
import { PrinterBanners } from './printer-banners.tsx';

/** The banners with words of the panels, loaded with them. */
export function LateBanners() {
  return (
    <>
      <AvailabilityStrip />
      <PrinterBanners />
      <TillBanner />
    </>
  );
}
