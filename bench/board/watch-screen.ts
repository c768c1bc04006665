/** The page's measurements, which {@link watchScreen} puts on its window. */
export interface ScreenWatch {
  begin(): void;
  /** ms between frames, and from each tap until after the frame that shows it. */
  end(): { frames: number[]; taps: number[] };
  /** The centre of a visible item that can be tapped; another one for each turn. */
  somewhere(turn: number): { x: number; y: number } | null;
}
declare global {
  interface Window {
    screenWatch: ScreenWatch;
  }
}

/** Runs in the page: it can use nothing from outside itself. */
export function watchScreen(): void {
  let frames: number[] = [];
  let taps: number[] = [];
  let last: number | null = null;
  let running = false;
  /** From the first callback of an animation frame until the frame is produced. */
  let inFrame = false;
  const waiting = new Map<string, { at: number; was: string | null }>();

  // A message posted in an animation frame is handled after the frame has been produced.
  const afterFrame = (run: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  };
  const onFrame = (now: number) => {
    inFrame = true;
    afterFrame(() => {
      inFrame = false;
    });
    if (last !== null) frames.push(now - last);
    last = now;
    if (running) requestAnimationFrame(onFrame);
  };
  const itemOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-testid=ticket-item]') : null;
  const nameOf = (item: HTMLElement) =>
    `${item.closest<HTMLElement>('[data-order-id]')?.dataset.orderId} ${item.dataset.itemId}`;

  document.addEventListener(
    'click',
    ({ target, timeStamp }) => {
      const item = itemOf(target);
      if (running && item) waiting.set(nameOf(item), { at: timeStamp, was: item.getAttribute('data-done') });
    },
    true,
  );
  new MutationObserver((records) => {
    for (const { target } of records) {
      const item = itemOf(target);
      const tap = item && waiting.get(nameOf(item));
      if (!item || !tap || item.getAttribute('data-done') === tap.was) continue;
      waiting.delete(nameOf(item));
      const painted = () => taps.push(performance.now() - tap.at);
      if (inFrame) afterFrame(painted);
      else requestAnimationFrame(() => afterFrame(painted));
    }
  }).observe(document, { attributes: true, attributeFilter: ['data-done'], subtree: true });

  window.screenWatch = {
    begin() {
      frames = [];
      taps = [];
      last = null;
      running = true;
      requestAnimationFrame(onFrame);
    },
    end() {
      running = false;
      return { frames, taps };
    },
    somewhere(turn) {
      // Asks little of the page, which is being measured: where slots are, and what lies on top at one place.
      const isSeen = (part: Element) => {
        const { left, top, bottom } = part.getBoundingClientRect();
        return left >= 0 && left < innerWidth && bottom > 0 && top < innerHeight;
      };
      const items = [...document.querySelectorAll('[data-testid=tickets], [data-flow]')]
        .filter(isSeen)
        .flatMap((list) => [...list.children].filter(isSeen))
        .flatMap((slot) => [...slot.querySelectorAll('[data-testid=ticket-item]:enabled')]);
      for (let i = 0; i < items.length; i++) {
        const item = items[(turn * 7 + i) % items.length];
        if (!item) continue;
        const { left, top, width, height } = item.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        if (item.contains(document.elementFromPoint(x, y))) return { x, y };
      }
      return null;
    },
  };
}
