/** Few, so that few statements are prepared. */
const SIZES = [1, 8, 64, 512];
const LONGEST = 512;

/** The values for `where … in (…)`, in lists of few lengths: values are repeated to fill one. */
export function paddedLists(values: readonly string[]): string[][] {
  const lists: string[][] = [];
  for (let from = 0; from < values.length; from += LONGEST) {
    const some = values.slice(from, from + LONGEST);
    const size = SIZES.find((one) => one >= some.length) ?? LONGEST;
    const [first = ''] = some;
    lists.push([...some, ...Array<string>(size - some.length).fill(first)]);
  }
  return lists;
}
