import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { MOST_UNPACKED_BYTES } from './output.ts';
import { unpackLz4 } from './unpack-lz4.ts';
import { unpackSnappy } from './unpack-snappy.ts';

const limit = { maxOutputLength: MOST_UNPACKED_BYTES };
const unpackers = {
  GZIP: (packed: Buffer) => promisify(zlib.unzip)(packed, limit),
  Snappy: async (packed: Buffer) => unpackSnappy(packed),
  LZ4: async (packed: Buffer) => unpackLz4(packed),
  ZSTD: (packed: Buffer) => promisify(zlib.zstdDecompress)(packed, limit),
};

/**
 * Lets kafkajs read what other clients compress; it knows gzip only, and stops at anything else. What we publish is not
 * compressed.
 */
export function addCodecs(kafkajs: {
  CompressionCodecs: typeof CompressionCodecs;
  CompressionTypes: typeof CompressionTypes;
}): void {
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  for (const name of ['GZIP', 'Snappy', 'LZ4', 'ZSTD'] as const)
    codecs[types[name]] = () => ({ decompress: unpackers[name] });
}
