/** What the server wrote into the page for its script. */
export function readState<State>(): State {
  return JSON.parse(document.getElementById('state')?.textContent ?? '') as State;
}
