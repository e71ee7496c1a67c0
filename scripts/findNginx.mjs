import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The nginx that the relay is measured against: `NGINX_PATH` when it is set, else the first one that is installed.
 * @returns {string | undefined} its path
 */
export function findNginx() {
  const chosen = process.env['NGINX_PATH'];
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  // Debian puts it where only root looks for programs.
  return ['/usr/sbin', ...folders].map((folder) => join(folder, 'nginx')).find(isExecutable);
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
