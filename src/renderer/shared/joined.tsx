import { Fragment } from 'react';

/** Words of people one after another, each with its own direction of writing; empty ones are left out. */
export function Joined({ parts }: { parts: readonly string[] }) {
  return parts.filter(Boolean).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
    <Fragment key={i}>
      {i > 0 && ' · '}
      <bdi>{part}</bdi>
    </Fragment>
  ));
}
