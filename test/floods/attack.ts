import { createAttacker } from './attacker.ts';
import { ATTACKS } from './attacks.ts';

/** A program that attacks: the name of the attack, the server's address, seconds, and the target as JSON. Prints a report. */
const [, , name, url = '', seconds, target = ''] = process.argv;
const attack = ATTACKS.find((one) => one.name === name);
if (!attack) throw new Error(`there is no attack ${name}`);
const attacker = createAttacker(url, Date.now() + Number(seconds) * 1_000);
const lane = async (): Promise<void> => {
  while (!attacker.isOver()) {
    await attack.once(attacker, JSON.parse(target)).catch(() => undefined);
    // Lanes that fail at once must let the others' sockets be read.
    await new Promise(setImmediate);
  }
};
await Promise.all(Array.from({ length: attack.lanes }, lane));
process.stdout.write(`report ${JSON.stringify(attacker.report())}\n`, () => process.exit());
