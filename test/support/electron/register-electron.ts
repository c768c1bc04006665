import { registerHooks } from 'node:module';

/** `node --import` this: importing or requiring `electron` returns the fake. */
const double = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
});
