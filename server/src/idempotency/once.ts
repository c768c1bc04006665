/** A repeated `Idempotency-Key` gets the stored answer; with another request: `invalid_request` with status 422. */
export interface Idempotency {
  key: string;
  /** Hash of method, path and body. */
  request: string;
}

/** The request with which a caller makes something: its repeat, with the same key, makes no second one. */
export interface Once extends Idempotency {
  callerId: string;
}
