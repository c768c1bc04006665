import { registerHooks } from 'node:module';

/** `node --import` this after register-electron.ts: prints a line `loads …` for each module that the built program loads. */
let started = false;
registerHooks({
  load(url, context, next) {
    started ||= url.endsWith('/main.js');
    // Modules of the fake itself are not the program's.
    if (started && !url.endsWith('.ts')) console.log(`loads ${url}`);
    return next(url, context);
  },
});
