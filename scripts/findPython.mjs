import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The Python 3 that the foreign clients of the conformance tests run in: `PYTHON_PATH` when it is set, else the first one that is installed.
 * @returns {string | undefined} its path
 */
export function findPython() {
  const chosen = process.env['PYTHON_PATH'];
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  // The system's first: a version manager's may be a script that finds none.
  return ['/usr/bin', ...folders].map((folder) => join(folder, 'python3')).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
