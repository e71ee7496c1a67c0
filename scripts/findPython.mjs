import { findProgram } from './findProgram.mjs';

/**
 * The Python 3 that the foreign clients of the conformance tests run in: `PYTHON_PATH` when it is set, else the first one that is installed.
 * @returns {string | undefined} its path
 */
export function findPython() {
  // The system's first: a version manager's may be a script that finds none.
  return findProgram({ variable: 'PYTHON_PATH', folder: '/usr/bin', names: ['python3'] });
}
