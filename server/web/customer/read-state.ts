/** What the server wrote into a page for its script. */
export function readState<State>(page: Document): State {
  return JSON.parse(page.getElementById('state')?.textContent ?? '') as State;
}
