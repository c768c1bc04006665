import { accessSection } from './sections/access-section.ts';
import { connectionSection } from './sections/connection-section.ts';
import { desktopSection } from './sections/desktop-section.tsx';
import { diagnosisSection } from './sections/diagnosis-section.ts';
import { keysSection } from './sections/keys-section.ts';
import { lookSection } from './sections/look-section.ts';
import { soundsSection } from './sections/sounds-section.ts';
import { stationsSection } from './sections/stations-section.ts';
import { timesSection } from './sections/times-section.ts';
import { workSection } from './sections/work-section.ts';
import type { SettingSection } from './setting-row.ts';

/** All settings, in the order in which people look for them. */
export const SECTIONS: readonly SettingSection[] = [
  lookSection,
  workSection,
  stationsSection,
  timesSection,
  soundsSection,
  keysSection,
  connectionSection,
  accessSection,
  desktopSection,
  diagnosisSection,
];
