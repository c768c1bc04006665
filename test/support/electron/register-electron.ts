import { registerHooks } from 'node:module';

/** `node --import` this: whoever asks for `electron`, by import or by require, gets the double. */
const double = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
});
