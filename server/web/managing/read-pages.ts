import type { Answer, Api } from './api.ts';

/**
 * Reads a list page by page, newest first.
 *
 * @param path with a query, without `before`
 * @param most stops when there are this many
 */
export async function readPages<T>(
  api: Api,
  path: string,
  field: 'orders' | 'escalations',
  most: number,
): Promise<Answer<T[]>> {
  const all: T[] = [];
  for (let before: string | null = null; ; ) {
    const after: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
    const page = await api<Record<string, unknown>>('GET', `${path}&limit=200${after}`);
    if (!page.ok) return page;
    all.push(...(page.value[field] as T[]));
    before = page.value.nextBefore as string | null;
    if (before === null || all.length >= most) return { ok: true, value: all };
  }
}
