import { useCallback, useMemo } from 'react';
import type { LinkState } from '#contract/link.ts';
import { formatAgo } from '../i18n/format.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useTickingText } from '../ticket/use-age.ts';
import { shownLink } from '../view-store/shown-link.ts';
import type { View } from '../view-store/view-store.ts';

const state = (view: View): LinkState => shownLink(view).state;

/** Whether the screen is up to date: a colour, a shape, a word, and the age of the last word from the server. */
export function LinkBadge() {
  const { view } = useScreen();
  const text = useText();
  const current = useView(state);
  const ago = useCallback(
    (now: number) => {
      const { lastWordAt } = shownLink(view.getState());
      return formatAgo(lastWordAt === null ? null : now - lastWordAt, text);
    },
    [view, text],
  );
  const age = useTickingText<HTMLElement>(ago);
  const word = useMemo(() => text.t(`link.${current}`), [text, current]);
  return (
    <div className="link" data-testid="link" data-state={current}>
      <span className="link-dot" aria-hidden="true" />
      <span className="link-word">{word}</span>
      <small className="link-age figures" data-testid="last-update" ref={age} />
    </div>
  );
}
