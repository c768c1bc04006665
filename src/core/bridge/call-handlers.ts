import type { BridgeError, CallInput, CallName, CallOutput } from '#contract/bridge.ts';
import type { Result } from '#contract/errors.ts';

type Answer<K extends CallName> = Result<CallOutput<K>, BridgeError>;

/** One handler per call. The input has been checked against the call's schema; errors are answers, not exceptions. */
export type CallHandlers = { [K in CallName]: (input: CallInput<K>) => Answer<K> | Promise<Answer<K>> };
