import { Fragment } from 'react';

/** Joins texts written by people, each with its own writing direction; skips empty ones. */
export function Joined({ parts }: { parts: readonly string[] }) {
  return parts.filter(Boolean).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
    <Fragment key={i}>
      {i > 0 && ' · '}
      <bdi>{part}</bdi>
    </Fragment>
  ));
}
