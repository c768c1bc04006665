/** Puts lines between the two marks of a page. Throws if it has none with this name. */
export function between(page: string, name: string, lines: readonly string[]): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for ${name}: ${begin} and ${end}.`);
  return `${page.slice(0, from + begin.length)}\n${lines.join('\n')}\n${page.slice(to)}`;
}
