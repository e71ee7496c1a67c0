import { findingsOf, type Finding } from './finding.js';

/** As in the package's `engines`. */
const NEEDED = [20, 19] as const;

/** @param version such as `20.20.2`. */
export function checkNode(version: string): Finding {
  const { ok, fail } = findingsOf('node');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  return isEnough ? ok(`Node ${version}.`) : fail(`Node ${version} is too old.`, `Install Node ${NEEDED.join('.')} or later.`);
}
