import { spawnSync } from 'node:child_process';

/** One of the two machines. The test reaches it at `host`, the other machine at `address`; `inside` runs a command in it. */
export interface Machine {
  inside: readonly string[];
  host: string;
  address: string;
}

/** Two network namespaces and the cable between them. */
export interface Network {
  server: Machine;
  display: Machine;
  /** Limits the rate in both directions to 32 kbit/s. */
  slow(): void;
  /** Drops a random share of the packets that a machine receives over the cable; 1 is all of them. */
  drop(to: 'server' | 'display', share: number): void;
  unplug(): void;
  /** Ends every fault. */
  repair(): void;
  /** Removes both namespaces. */
  remove(): void;
}

/** Why this machine cannot create such a network, in a sentence; null if it can. */
export function whyNoNetwork(): string | null {
  if (process.platform !== 'linux') return 'Network namespaces need Linux.';
  if (process.getuid?.() !== 0) return 'Network namespaces need root: sudo npm run netem.';
  for (const tool of ['ip', 'tc', 'nft'])
    if (spawnSync(tool, ['-V']).error)
      return `There is no "${tool}" here: on Debian, apt-get install iproute2 nftables brings it.`;
  return null;
}

/** @throws if a system command fails, after cleaning up */
export function createNetwork(): Network {
  const id = process.pid % 250;
  const names = { server: `ticketrail-server-${id}`, display: `ticketrail-display-${id}` };
  const machines = { server: machine('server', 1), display: machine('display', 2) };
  const both = ['server', 'display'] as const;

  function machine(which: 'server' | 'display', n: number): Machine {
    return { inside: ['ip', 'netns', 'exec', names[which]], host: `10.${id}.${n}.2`, address: `10.${id}.0.${n}` };
  }

  function build(): void {
    for (const which of both) {
      const { host, address } = machines[which];
      const [n] = address.split('.').slice(-1);
      run(`ip netns add ${names[which]}`);
      run(`ip -n ${names[which]} link set lo up`);
      // The test's own connection, which has no faults.
      run(`ip link add tt${id}${which[0]} type veth peer name way-in netns ${names[which]}`);
      run(`ip addr add 10.${id}.${n}.1/24 dev tt${id}${which[0]}`);
      run(`ip link set tt${id}${which[0]} up`);
      run(`ip -n ${names[which]} addr add ${host}/24 dev way-in`);
      run(`ip -n ${names[which]} link set way-in up`);
    }
    run(`ip -n ${names.server} link add cable type veth peer name cable netns ${names.display}`);
    for (const which of both) run(`ip -n ${names[which]} addr add ${machines[which].address}/24 dev cable`);
    plug('up');
  }

  function plug(state: 'up' | 'down'): void {
    for (const which of both) run(`ip -n ${names[which]} link set cable ${state}`);
  }

  function repair(): void {
    for (const which of both) {
      attempt(`tc -n ${names[which]} qdisc del dev cable root`);
      attempt(`ip netns exec ${names[which]} nft delete table inet faults`);
    }
    plug('up');
  }

  function remove(): void {
    // Removing its ends removes a cable.
    for (const which of both) attempt(`ip netns del ${names[which]}`);
  }

  try {
    build();
    return {
      ...machines,
      slow() {
        for (const which of both)
          run(`tc -n ${names[which]} qdisc replace dev cable root tbf rate 32kbit burst 4kb latency 2s`);
      },
      drop(to, share) {
        const chance = share < 1 ? `numgen random mod 1000 < ${Math.round(share * 1_000)} ` : '';
        run(`ip netns exec ${names[to]} nft add table inet faults`);
        run(`ip netns exec ${names[to]} nft add chain inet faults in { type filter hook input priority 0 ; }`);
        run(`ip netns exec ${names[to]} nft add rule inet faults in iifname cable ${chance}drop`);
      },
      unplug: () => plug('down'),
      repair,
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function run(line: string): void {
  const { status, stderr } = system(line);
  if (status !== 0) throw new Error(`${line}: ${stderr.trim()}`);
}

/** Like `run`, but ignores errors, for something that may already be gone. */
function attempt(line: string): void {
  system(line);
}

function system(line: string) {
  const [command = '', ...words] = line.split(' ');
  return spawnSync(command, words, { encoding: 'utf8' });
}
