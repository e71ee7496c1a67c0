import { randomUUID } from 'node:crypto';
import { Cluster, type Redis } from 'ioredis';
import { vi } from 'vitest';
import { freePort } from '../../../scripts/freePort.mjs';
import { createRedisLedger } from '../../../src/server/ledger/createRedisLedger.js';
import { describeLedger, type LedgerFixture } from './contract.js';
import { startRedis, type TestRedis } from './startRedis.js';

type Connections = readonly [Redis | Cluster, Redis | Cluster, Redis | Cluster];

function fixtureOn(server: TestRedis, connections: Connections): LedgerFixture {
  const control = server.connect();
  const redisNow = async (): Promise<number> => {
    const [seconds, micros] = await control.time();
    return Number(seconds) * 1_000 + Number(micros) / 1_000;
  };
  return {
    async makeLedger() {
      const prefix = randomUUID();
      const [one, two, three] = connections;
      const ledgerOn = (redis: Redis | Cluster) => createRedisLedger({ redis, prefix, timeoutMs: 60_000 });
      return {
        instances: [ledgerOn(one), ledgerOn(two), ledgerOn(three)],
        now: () => Date.now(),
        // Redis has no clock but the machine's: it is asked until it says so. A millisecond more, for its fractions.
        async pass(ms) {
          const end = (await redisNow()) + ms + 1;
          while ((await redisNow()) < end);
        },
        async age(node, ms) {
          await control.hincrby(`{${prefix}}:health:${node}`, 'at', -ms);
        },
      };
    },
    async close() {
      for (const connection of connections) connection.disconnect();
      await server.close();
    },
  };
}

describeLedger('the ledger in Redis', async () => {
  const server = await startRedis();
  return fixtureOn(server, [server.connect(), server.connect(), server.connect()]);
});

describeLedger('the ledger in a cluster of Redis', async () => {
  const busPort = await freePort(0, undefined, '127.0.0.1');
  const server = await startRedis(['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--cluster-announce-ip', '127.0.0.1']);
  const control = server.connect();
  await control.cluster('ADDSLOTSRANGE', 0, 16_383);
  await vi.waitUntil(async () => (await control.cluster('INFO')).includes('cluster_state:ok'), { timeout: 15_000 });
  const connect = (): Cluster => new Cluster([{ host: '127.0.0.1', port: server.port }]);
  return fixtureOn(server, [connect(), connect(), connect()]);
});
