import { Fragment, type ReactNode } from 'react';
import { useText } from './page.tsx';

/**
 * Texts with commas between them, or with `between`. Each may be in another script: not isolated, the number of one would stand
 * at the name of the other.
 *
 * @param before stands before each text, in the direction of the page
 */
export function IsolatedList({
  of,
  before,
  between,
}: {
  of: readonly string[];
  before?: (index: number) => ReactNode;
  between?: string;
}) {
  const { t } = useText();
  return of.map((text, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same text may come twice, and none of them has a state.
    <Fragment key={i}>
      {i > 0 && (between ?? t('list.comma'))}
      {before?.(i)}
      <bdi>{text}</bdi>
    </Fragment>
  ));
}
