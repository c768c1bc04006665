/** One direction between a display and its server. */
export interface LaneConditions {
  latencyMs: number;
  /** Maximum of the random extra latency, ms. Bytes keep their order, as with TCP. */
  jitterMs: number;
  /** For each connection, written in small slices. */
  bytesPerSecond: number;
  /**
   * `hold`: delays everything until later. `lose`: drops everything, even FIN and RST. A connection that lost something stays
   * dead in that direction, because TCP never delivers a gap.
   */
  flow: 'pass' | 'hold' | 'lose';
}

export interface NetworkConditions {
  /** Display to server. */
  up: LaneConditions;
  /** Server to display. */
  down: LaneConditions;
  /** Refuses new connections. Open ones stay; `cut()` ends them. */
  refuse: boolean;
  /**
   * `Upgrade: websocket` while plain HTTP works. `refuse`: 403 for new ones, and open ones are closed. `lose`: no answer, and
   * open ones fall silent.
   */
  webSocket: 'pass' | 'refuse' | 'lose';
}

const HEALTHY_LANE: LaneConditions = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  flow: 'pass',
};

/** The differences from a healthy network. */
export interface Fault extends Partial<Omit<NetworkConditions, 'up' | 'down'>> {
  up?: Partial<LaneConditions>;
  down?: Partial<LaneConditions>;
}

export function conditionsOf(fault: Fault): NetworkConditions {
  return {
    refuse: false,
    webSocket: 'pass',
    ...fault,
    up: { ...HEALTHY_LANE, ...fault.up },
    down: { ...HEALTHY_LANE, ...fault.down },
  };
}
