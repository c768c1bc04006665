import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useScreen, useText } from '../shared/screen.tsx';

/** Toasts within this time are announced together. */
const SETTLE_MS = 700;

/**
 * Announces the text of each toast once to screen readers, without its buttons. A live region around the toasts themselves
 * would read all of them again whenever one comes.
 */
export function ToastAnnouncer() {
  const { toasts } = useScreen();
  const { t } = useText();
  const shown = useStore(toasts);
  const last = useRef(0);
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      const fresh = shown.filter(({ turn, silent }) => turn > last.current && !silent);
      last.current = shown.at(-1)?.turn ?? last.current;
      if (fresh.length > 0) setAnnounced(fresh.map(({ text, params }) => t(text, params)).join('. '));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [shown, t]);
  return (
    <p className="sr-only" role="status" data-testid="toasts-said">
      {announced}
    </p>
  );
}
