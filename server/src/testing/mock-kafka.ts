import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

const KCAT = '/usr/bin/kcat';
/** Debian's kcat contains a broker for tests, librdkafka's: in memory, four partitions, topics made by their first use. */
export const HAS_MOCK_KAFKA = existsSync(KCAT);

/** A Kafka broker in a separate process. @returns its address */
export function startMockKafka(): Promise<{ address: string; stop(): void }> {
  const kcat = spawn(
    KCAT,
    ['-b', 'ignored:1', '-X', 'test.mock.num.brokers=1', '-P', '-t', 'warm', '-d', 'mock'],
    // It runs until its input ends.
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    kcat.once('error', reject);
    kcat.once('exit', (code) => reject(new Error(`kcat ended with ${code}: ${said.slice(-500)}`)));
    kcat.stderr.on('data', (data) => {
      said = (said + data).slice(-10_000);
      const address = /replaced with (127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address) resolve({ address, stop: () => void kcat.kill('SIGKILL') });
    });
  });
}

/** Sends lines as messages, as other clients do: by librdkafka, compressed. */
export async function sendCompressed(
  address: string,
  topic: string,
  compression: 'gzip' | 'snappy' | 'lz4' | 'zstd',
  lines: readonly string[],
): Promise<void> {
  const args = ['-b', address, '-P', '-t', topic, '-z', compression, '-X', 'linger.ms=200'];
  const kcat = spawn(KCAT, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  kcat.stdin.end(`${lines.join('\n')}\n`);
  const [code] = await once(kcat, 'exit');
  if (code !== 0) throw new Error(`kcat ended with ${code}`);
}
