import { networkInterfaces } from 'node:os';

/** The IPv4 addresses of this machine in its networks. */
export const localAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
