/** Idempotency keys of requests whose answers may be lost. */
export interface RepeatKeys {
  /** The same for each repeat of a request, until that is forgotten. */
  of(request: string): string;
  /** It was answered: the next one like it is meant as another. */
  forget(request: string): void;
}

export function createRepeatKeys(): RepeatKeys {
  const unanswered = new Map<string, string>();
  return {
    of(request) {
      const key = unanswered.get(request) ?? newKey();
      unanswered.set(request, key);
      return key;
    },
    forget: (request) => void unanswered.delete(request),
  };
}

/** A page without HTTPS has no `randomUUID`. */
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');
