import { randomUUID } from 'node:crypto';
import { createRedisLedger } from '../../../src/server.js';
import { describeLedger } from './contract.js';
import { startRedis } from './startRedis.js';

describeLedger('the ledger in Redis', async () => {
  const server = await startRedis();
  const control = server.connect();
  const connections = [server.connect(), server.connect(), server.connect()] as const;
  const redisNow = async (): Promise<number> => {
    const [seconds, micros] = await control.time();
    return Number(seconds) * 1_000 + Number(micros) / 1_000;
  };
  return {
    async makeLedger() {
      const prefix = randomUUID();
      const [one, two, three] = connections;
      const ledgerOn = (redis: typeof control) => createRedisLedger({ redis, prefix, timeoutMs: 60_000 });
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
    close: () => server.close(),
  };
});
