import { Fragment, type ReactNode } from 'react';

/**
 * Texts with commas between them. Each may be in another script: not isolated, the number of one would stand at the name of
 * the other.
 *
 * @param before stands before each text, in the direction of the page
 */
export function IsolatedList({ of, before }: { of: readonly string[]; before?: (index: number) => ReactNode }) {
  return of.map((text, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same text may come twice, and none of them has a state.
    <Fragment key={i}>
      {i > 0 && ', '}
      {before?.(i)}
      <bdi>{text}</bdi>
    </Fragment>
  ));
}
