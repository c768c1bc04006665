import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useScreen, useText } from '../shared/screen.tsx';

/** Toasts that come together are one sentence. */
const SETTLE_MS = 700;

/**
 * What a screen reader hears of the toasts: the words of each once, without its buttons, and nothing when one leaves. A
 * live region around the toasts themselves would read the others again whenever one comes.
 */
export function ToastsSaid() {
  const { toasts } = useScreen();
  const { t } = useText();
  const shown = useStore(toasts);
  const last = useRef(0);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      const fresh = shown.filter(({ turn, unsaid }) => turn > last.current && !unsaid);
      last.current = shown.at(-1)?.turn ?? last.current;
      if (fresh.length > 0) setSaid(fresh.map(({ text, params }) => t(text, params)).join('. '));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [shown, t]);
  return (
    <p className="sr-only" role="status" data-testid="toasts-said">
      {said}
    </p>
  );
}
