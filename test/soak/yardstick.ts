const WORK = JSON.stringify(
  Array.from({ length: 200 }, (_, i) => ({ id: `order-${i}`, items: [{ name: 'Soup', quantity: i }] })),
);
const TIMES = 40;

/** µs of processor that a fixed piece of work takes on this machine now: other programs make everything dearer alike. */
export function yardstick(): number {
  const before = process.cpuUsage();
  for (let i = 0; i < TIMES; i++) JSON.stringify(JSON.parse(WORK));
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
