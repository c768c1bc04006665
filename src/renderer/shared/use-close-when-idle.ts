import { type RefObject, useEffect, useEffectEvent } from 'react';

/** How long a dialog may cover the board with nobody touching it, ms. */
const UNTOUCHED_MS = 60_000;
const TOUCHES = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'input'] as const;

/** Closes a dialog that nobody has touched for a while, so that it does not cover the board. Not while a text is being typed. */
export function useCloseWhenIdle(dialog: RefObject<HTMLDialogElement | null>, onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout>;
    let typed: HTMLInputElement | null = null;
    const isTyping = () => typed !== null && typed === document.activeElement && typed.value !== '';
    const expire = () => (isTyping() ? touched() : close());
    function touched(event?: Event): void {
      if (event?.type === 'input' && isText(event.target)) typed = event.target;
      clearTimeout(timer);
      timer = setTimeout(expire, UNTOUCHED_MS);
    }
    touched();
    for (const touch of TOUCHES) element.addEventListener(touch, touched, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const touch of TOUCHES) element.removeEventListener(touch, touched);
    };
  }, [dialog]);
}

/** Not a search: what was searched for can be typed again. */
const isText = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement &&
  ['text', 'password', 'url', 'tel'].includes(target.type) &&
  target.inputMode !== 'search';
