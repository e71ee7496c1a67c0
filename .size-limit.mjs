import { sizeUses } from './scripts/sizeUses.mjs';

/** What an application loads at once for a use of the package: minified, without what it does not use. `npm run size` prints the same as a table. */
export default (await sizeUses()).map(({ name, first, limitBytes }) => ({ name, path: [...first], limit: `${limitBytes} B`, gzip: true }));
