/** The stacks of a column's scroll. By way of its children: a search would look at every part of every ticket. */
export function stacksOf(list: Element): HTMLElement[] {
  const stacks = [...list.children].find((child) => child.classList.contains('stacks'));
  return [...(stacks?.children ?? [])] as HTMLElement[];
}
