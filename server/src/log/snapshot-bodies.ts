import type { Undo } from '#contract/bridge.ts';

export interface BodyLimits {
  /** How long a body is given to further clients, ms. */
  shareMs: number;
  /** How long clients may take to read a body, ms. */
  readMs: number;
  /** Most bytes of all bodies together. */
  bytes: number;
}
/** A display waits 60 s for its snapshot. */
export const BODY_LIMITS: BodyLimits = { shareMs: 5_000, readMs: 60_000, bytes: 64 * 1024 * 1024 };

/** A snapshot as it is sent. */
export interface SnapshotBody {
  /** JSON, compressed. */
  readonly gzip: Buffer;
  /**
   * A client reads it. The undo: it has read it, or is gone.
   *
   * @param end ends the client's connection: it reads too slowly, or the memory is needed
   */
  readBy(end: () => void): Undo;
}

export interface SnapshotBodies {
  /** @param onUnshared it must no longer be given to further clients; called once */
  add(gzip: Buffer, onUnshared: () => void): SnapshotBody;
  /** Ends them all. */
  close(): void;
}

/** Bounds the memory of snapshots, however slowly their clients read. The oldest ones end first; the newest one stays. */
export function createSnapshotBodies({ shareMs, readMs, bytes }: BodyLimits = BODY_LIMITS): SnapshotBodies {
  /** Those that are shared or being read, oldest first. */
  const bodies = new Set<SnapshotBody & { end(): void }>();

  function makeRoom(): void {
    let sum = [...bodies].reduce((all, { gzip }) => all + gzip.length, 0);
    for (const { gzip, end } of [...bodies].slice(0, -1)) {
      if (sum <= bytes) return;
      sum -= gzip.length;
      end();
    }
  }

  function add(gzip: Buffer, onUnshared: () => void): SnapshotBody {
    const clients = new Set<() => void>();
    let shared = true;
    const unshare = () => {
      if (shared) onUnshared();
      shared = false;
      release();
    };
    const release = () => {
      if (shared || clients.size > 0) return;
      clearTimeout(ending);
      bodies.delete(body);
    };
    const body = {
      gzip,
      readBy(end: () => void) {
        clients.add(end);
        return () => {
          clients.delete(end);
          release();
        };
      },
      end() {
        const ends = [...clients];
        clients.clear();
        clearTimeout(sharing);
        unshare();
        for (const end of ends) end();
      },
    };
    const sharing = setTimeout(unshare, shareMs).unref();
    const ending = setTimeout(body.end, readMs).unref();
    bodies.add(body);
    makeRoom();
    return body;
  }

  return {
    add,
    close() {
      for (const { end } of [...bodies]) end();
    },
  };
}
