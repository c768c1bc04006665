import { ServiceError } from '../service-error.ts';

/** Where a page of orders ends: at an order that may be deleted by the time of the next page. */
export interface PageMark {
  id: string;
  created_at: string;
  /** As decimal digits. */
  search_key: string;
}

/** A mark as text for clients. */
export const textOfMark = ({ created_at, id, search_key }: PageMark): string =>
  Buffer.from(`${created_at} ${id} ${search_key}`).toString('base64url');

/** Refuses with `invalid_request` what is no mark. */
export function markOf(before: string): PageMark {
  const [, created_at, id, search_key] =
    /^(\S+Z) (\S+) (\d{1,18}|[1-8]\d{18})$/.exec(Buffer.from(before, 'base64url').toString()) ?? [];
  if (created_at === undefined || id === undefined || search_key === undefined)
    throw new ServiceError('invalid_request', 'before is not the nextBefore of a page.', {
      details: [{ path: 'before', message: 'must be the nextBefore of the page before' }],
    });
  return { created_at, id, search_key };
}
