import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { FixedHeights } from './fixed-heights.ts';
import { type FlowLayout, isSameLayout, layoutOf } from './flow-layout.ts';

/**
 * Where the tickets are; measured when others flow, and when a size or a font has changed: a measurement lays out all that has
 * no fixed height.
 *
 * @param order which tickets flow, in which order and direction
 */
export function useFlowLayout(flow: RefObject<HTMLElement | null>, order: string): FlowLayout {
  const [layout, setLayout] = useState<FlowLayout>({ pages: 1, pageOf: new Map(), parts: [] });
  const [sizes] = useState(() => followSizes(flow, setLayout));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is measured depends on the order
  useLayoutEffect(sizes.orderChanged, [sizes, order]);
  useEffect(() => {
    document.fonts.addEventListener('loadingdone', sizes.allChanged);
    return () => {
      document.fonts.removeEventListener('loadingdone', sizes.allChanged);
      sizes.stop();
    };
  }, [sizes]);
  return layout;
}

function followSizes(
  ref: RefObject<HTMLElement | null>,
  setLayout: (next: (before: FlowLayout) => FlowLayout) => void,
) {
  /** Loaded beside the first tickets, since it has nothing to do before them. Without it, all that flows is laid out. */
  let heights: FixedHeights | null = null;
  let stopped = false;
  import('./fixed-heights.ts').then(
    ({ createFixedHeights }) => {
      if (stopped) return;
      heights = createFixedHeights();
      if (ref.current) heights.follow(ref.current);
    },
    () => {},
  );
  const observed = new WeakSet<Element>();
  let frame = 0;
  /** Of the first ticket whose contents have another size. */
  let changed = Number.POSITIVE_INFINITY;

  function measure(flow: HTMLElement): void {
    const next = layoutOf(flow);
    setLayout((before) => (isSameLayout(before, next) ? before : next));
  }
  function allChanged(): void {
    const flow = ref.current;
    if (!flow) return;
    heights?.release(flow, 0);
    measure(flow);
  }
  function contentsChanged(): void {
    const flow = ref.current;
    if (!flow) return;
    observe(flow);
    heights?.release(flow, changed);
    changed = Number.POSITIVE_INFINITY;
    measure(flow);
  }
  const observer = new ResizeObserver((entries) => {
    const flow = ref.current;
    if (!flow) return;
    if (entries.some(({ target }) => target === flow)) return allChanged();
    const slots = [...flow.children];
    // Contents that have been replaced were in a slot that is not known: all are released.
    for (const { target } of entries)
      changed = Math.min(
        changed,
        Math.max(
          0,
          slots.findIndex((slot) => slot.contains(target)),
        ),
      );
    // Not here: it would change the sizes that are being reported.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(contentsChanged);
  });
  function observe(flow: HTMLElement): void {
    for (const one of [flow, ...flow.querySelectorAll(':scope > li > *')])
      if (!observed.has(one)) {
        observed.add(one);
        observer.observe(one, { box: 'border-box' });
      }
  }

  return {
    allChanged,
    orderChanged(): void {
      const flow = ref.current;
      if (!flow) return;
      heights?.follow(flow);
      observe(flow);
      measure(flow);
    },
    stop(): void {
      observer.disconnect();
      cancelAnimationFrame(frame);
      heights?.stop();
      stopped = true;
    },
  };
}
