import { FilterStrip } from '../search/filter-strip.tsx';
import { useText } from '../shared/screen.tsx';
import { CarriedOverStrip } from './carried-over-strip.tsx';
import { FailedCommandStrips } from './failed-command-strips.tsx';
import { LinkStrip } from './link-strip.tsx';
import { SoundStrip } from './sound-strip.tsx';
import { TroubleStrips } from './trouble-strips.tsx';
import { UnseenStrip } from './unseen-strip.tsx';
import { VoiceStrip } from './voice-strip.tsx';
import './strips.css';

/**
 * What needs a person, in rows between the board and the footer. At the bottom, so that a strip that comes or goes never
 * moves a ticket from under a finger: the board only grows shorter.
 */
export function Strips() {
  const { t } = useText();
  return (
    <section className="strips" aria-label={t('strips.label')}>
      <UnseenStrip />
      <LinkStrip />
      <FilterStrip />
      <TroubleStrips />
      <CarriedOverStrip />
      <FailedCommandStrips />
      <SoundStrip />
      <VoiceStrip />
    </section>
  );
}
