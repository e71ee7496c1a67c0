import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { HostPolicy } from './createHostPolicy.js';

/** Resolves names, and refuses those that lead where discovery may not: a name can point inside the network. */
export function guardedLookup(policy: HostPolicy): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const permitted = addresses.filter(({ address }) => policy.permitsAddress(address, name));
      const [first] = permitted;
      if (first === undefined) return callback(new Error('The node name leads to an address that is not permitted.'), '', 0);
      if (options.all === true) callback(null, permitted);
      else callback(null, first.address, first.family);
    });
  };
}
