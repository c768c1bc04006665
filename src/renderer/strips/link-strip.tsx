import { CloudOff, Hourglass } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { formatTime } from '../i18n/format.ts';
import { useScreen, useText, useTimeZone, useView } from '../shared/screen.tsx';
import { shownLink } from '../view-store/shown-link.ts';
import { linkWords } from './link-words.ts';
import { Strip } from './strip.tsx';

/** Why the screen is not up to date, how old it is, that taps are safe, and what to do: in words for a cook. */
export function LinkStrip() {
  const { actions } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const { state, cause, lastWordAt } = useView(
    useShallow((view) => {
      const link = shownLink(view);
      // Of a link that polls the last word moves with each answer; the badge shows it.
      return { state: link.state, cause: link.cause, lastWordAt: link.state === 'polling' ? null : link.lastWordAt };
    }),
  );
  const waiting = useView((view) => view.status?.queueCount ?? 0);
  const seconds = useView((view) => view.status?.settings.pollSeconds ?? 0);
  const words = linkWords({ state, cause });
  if (!words) return null;
  return (
    <Strip
      tone={words.tone}
      mark="strip-link"
      icon={words.tone === 'down' ? <CloudOff aria-hidden="true" /> : <Hourglass aria-hidden="true" />}
      title={t(words.title, { seconds })}
      action={words.retry ? { label: t('link.now'), run: () => actions.refresh() } : undefined}
    >
      {lastWordAt !== null && `${t('link.asOf', { time: formatTime(lastWordAt, timeZone, locale) })} `}
      {t(words.advice, { seconds })}{' '}
      {state === 'offline' && cause !== 'host' && (waiting > 0 ? t('queue.kept', { count: waiting }) : t('queue.safe'))}
    </Strip>
  );
}
