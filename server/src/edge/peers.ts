/** What the server works with beside its database, and whether it answers; `/ready` names what is away. */
export interface Peers {
  set(name: string, state: 'here' | 'away'): void;
  /** By name. */
  away(): string[];
}

export function createPeers(): Peers {
  const away = new Set<string>();
  return {
    set(name, state) {
      if (state === 'away') away.add(name);
      else away.delete(name);
    },
    away: () => [...away].sort(),
  };
}
