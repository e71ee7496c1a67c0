import { findingsOf, type Finding } from './finding.js';

/** What takes away a key that is still needed lets a ticket be used twice. */
const POLICY_FIX = 'Set it: redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf.';

/**
 * Judges a Redis by what it says of itself.
 *
 * @param info the answer to `INFO`: lines of `name:value`.
 */
export function judgeRedis(info: string): Finding[] {
  const { ok, warn, fail } = findingsOf('redis');
  const facts = new Map(info.split(/\r?\n/).flatMap((line) => (/^[a-z_0-9]+:/.test(line) ? [splitAtColon(line)] : [])));
  const version = facts.get('redis_version') ?? '0';
  const [major = 0] = version.split('.').map(Number);
  const policy = facts.get('maxmemory_policy') ?? 'unknown';
  return [
    major >= 6 ? ok(`Redis ${version}.`) : fail(`Redis ${version} is too old.`, 'Install Redis 6 or later.'),
    policy === 'noeviction' ? ok('It forgets nothing by itself (noeviction).') : fail(`It may forget what is still needed (maxmemory-policy ${policy}).`, POLICY_FIX),
    ...(facts.get('role') === 'slave' ? [fail('It is a replica, which takes no writes.', 'Give REDIS_URL the address of the primary.')] : []),
    facts.get('aof_enabled') === '1'
      ? ok('It keeps what it is told across a restart (appendonly).')
      : warn('It forgets across a restart what it was told last.', 'Set appendonly yes, so that sessions which are open at a vendor are not forgotten.'),
  ];
}

function splitAtColon(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}
