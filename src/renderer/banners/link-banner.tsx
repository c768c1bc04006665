import { CloudOff, Hourglass } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { useScreen, useSetting, useText, useView } from '../shared/screen.tsx';
import { shownLink } from '../view-store/shown-link.ts';
import { Banner, type BannerAction } from './banner.tsx';
import { linkMessage } from './link-message.ts';

/** Shows why the screen is not up to date and since when, that taps are safe, and what to do. */
export function LinkBanner() {
  const { actions, ui, view } = useScreen();
  const { t, time } = useText();
  const { state, cause, lastWordAt } = useView(
    useShallow((view) => {
      const link = shownLink(view);
      // While polling it changes with each answer; the badge shows it.
      return { state: link.state, cause: link.cause, lastWordAt: link.state === 'polling' ? null : link.lastWordAt };
    }),
  );
  const waiting = useView((view) => view.status?.queueCount ?? 0);
  const seconds = useSetting('pollSeconds', 0);
  const message = linkMessage({ state, cause });
  if (!message) return null;
  const help: Record<'retry' | 'pair', BannerAction> = {
    retry: { label: t('link.now'), run: () => actions.ask('refresh', null) },
    pair: {
      label: t('link.enterCode'),
      run: () => ui.setState({ pairing: { serverUrl: view.getState().status?.serverUrl ?? '', code: '' } }),
    },
  };
  return (
    <Banner
      tone={message.tone}
      mark="strip-link"
      icon={message.tone === 'down' ? <CloudOff /> : <Hourglass />}
      title={t(message.title, { seconds })}
      action={message.help ? help[message.help] : undefined}
    >
      {lastWordAt !== null && `${t('link.asOf', { time: time(lastWordAt) })} `}
      {t(message.advice, { seconds })}{' '}
      {state === 'offline' && cause !== 'host' && (waiting > 0 ? t('queue.kept', { count: waiting }) : t('queue.safe'))}
    </Banner>
  );
}
