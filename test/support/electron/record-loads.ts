import { registerHooks } from 'node:module';

/** `node --import` this after register-electron.ts: each module that the built program loads is a line, `loads …`. */
let started = false;
registerHooks({
  load(url, context, next) {
    started ||= url.endsWith('/main.js');
    // What the double itself is made of is not the program's.
    if (started && !url.endsWith('.ts')) console.log(`loads ${url}`);
    return next(url, context);
  },
});
