/** What the network between a display and its server does to what passes through it. */

/** One direction. */
export interface LaneWeather {
  /** ms that everything is late. */
  latencyMs: number;
  /** ms more, at random up to this; the order of the bytes stays, as TCP keeps it. */
  jitterMs: number;
  /** In small slices, this many bytes a second for each connection. */
  bytesPerSecond: number;
  /**
   * `hold`: nothing passes, and all of it comes later. `lose`: nothing passes, no FIN and no RST either; a connection
   * that lost something stays dead in that direction for ever, since TCP never shows a hole.
   */
  flow: 'pass' | 'hold' | 'lose';
}

export interface Weather {
  /** Display to server. */
  up: LaneWeather;
  /** Server to display. */
  down: LaneWeather;
  /** Nobody listens. Connections that stand are left alone: `cut()` ends them. */
  refuse: boolean;
  /**
   * What becomes of `Upgrade: websocket` while plain HTTP works: a gateway answers 403 (and ends those that stand), or
   * lets it vanish (and those that stand fall silent).
   */
  webSocket: 'pass' | 'refuse' | 'lose';
}

export const FAIR_LANE: LaneWeather = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  flow: 'pass',
};
export const FAIR: Weather = { up: FAIR_LANE, down: FAIR_LANE, refuse: false, webSocket: 'pass' };

/** A part of a weather: what is not named is fair. */
export interface Fault extends Partial<Omit<Weather, 'up' | 'down'>> {
  up?: Partial<LaneWeather>;
  down?: Partial<LaneWeather>;
}

export function weatherOf(fault: Fault): Weather {
  return { ...FAIR, ...fault, up: { ...FAIR_LANE, ...fault.up }, down: { ...FAIR_LANE, ...fault.down } };
}
