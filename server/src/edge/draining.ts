/** Whether this server is about to end: others should be asked instead. */
export interface Draining {
  begin(): void;
  hasBegun(): boolean;
}

export function createDraining(): Draining {
  let isOn = false;
  return {
    begin() {
      isOn = true;
    },
    hasBegun: () => isOn,
  };
}
