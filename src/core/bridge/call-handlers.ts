import type { BridgeError, CallInput, CallName, CallOutput, HostCall } from '#contract/bridge.ts';
import type { Result } from '#contract/errors.ts';

type CoreCall = Exclude<CallName, HostCall>;
type Answer<K extends CoreCall> = Result<CallOutput<K>, BridgeError>;

/** One handler per call of the core. The input has been checked against the call's schema; errors are answers, not exceptions. */
export type CallHandlers = { [K in CoreCall]: (input: CallInput<K>) => Answer<K> | Promise<Answer<K>> };
