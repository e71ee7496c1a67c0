/** Licences that a proprietary application can ship. */
const SHIPPED = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);
/** Besides, for tools of this repository: nothing of them is in the package. */
const TOOLS = new Set([...SHIPPED, 'BlueOak-1.0.0', 'CC-BY-4.0', 'LGPL-3.0-or-later', 'MPL-2.0', 'Python-2.0', 'Unlicense']);

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [license] an SPDX expression
 * @property {boolean} [dev]
 * @property {boolean} [devOptional]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 */

/**
 * Judges the licences of everything that the lock file names: what an application gets along with the package more strictly than the tools
 * that it is made with.
 * @param {Readonly<Record<string, LockedPackage>>} packages those of the lock file, by their place
 * @param {(place: string) => string | undefined} readInstalled the licence that an installed package names itself, where the lock file names none
 * @returns {{ judged: number, complaints: readonly string[] }}
 */
export function judgeLicences(packages, readInstalled) {
  const places = Object.entries(packages).filter(([place]) => place.startsWith('node_modules/') || place.includes('/node_modules/'));
  const complaints = places.flatMap(([place, locked]) => {
    const licence = locked.license ?? readInstalled(place) ?? licenceOfOwner(packages, place, locked.version);
    const name = `${place.replace(/^.*node_modules\//, '')} ${locked.version ?? ''}`;
    if (licence === undefined) return [`${name}: names no licence. Look for one in its repository, and tell of it here by its own words.`];
    const isTool = locked.dev === true || locked.devOptional === true;
    return isAllowed(licence, isTool ? TOOLS : SHIPPED) ? [] : [`${name}: ${licence} is not among the licences for what ${isTool ? 'is used here' : 'is shipped'}.`];
  });
  return { judged: places.length, complaints };
}

/**
 * Binaries for another platform are not installed, and the lock file need not say more of them than their version. They come from the
 * package that asks for exactly them.
 * @param {Readonly<Record<string, LockedPackage>>} packages
 * @param {string} place
 * @param {string | undefined} version
 * @returns {string | undefined}
 */
function licenceOfOwner(packages, place, version) {
  const name = place.replace(/^.*node_modules\//, '');
  return Object.values(packages).find(({ optionalDependencies }) => version !== undefined && optionalDependencies?.[name] === version)?.license;
}

/**
 * @param {string} expression SPDX with AND or OR; any other operator is not understood, and refused
 * @param {ReadonlySet<string>} allowed
 */
function isAllowed(expression, allowed) {
  return expression
    .replace(/^\(([^()]*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence)));
}
