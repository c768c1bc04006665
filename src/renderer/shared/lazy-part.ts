import { type ComponentType, lazy } from 'react';

const RETRY_MS = 3_000;

/** A component that is loaded when it is first shown; again and again while the page's host does not answer. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>) {
  const loaded = (): Promise<{ default: ComponentType<P> }> =>
    load().then(
      (part) => ({ default: part }),
      async (error) => {
        console.error('a part of the screen could not be loaded', error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        return loaded();
      },
    );
  return lazy(loaded);
}
