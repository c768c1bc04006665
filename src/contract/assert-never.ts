/** Makes a missing case of a closed union a compile error, and throws if one occurs at run time. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
