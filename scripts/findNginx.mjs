import { findProgram } from './findProgram.mjs';

/**
 * The nginx that the relay is measured against: `NGINX_PATH` when it is set, else the first one that is installed.
 * @returns {string | undefined} its path
 */
export function findNginx() {
  // Debian puts it where only root looks for programs.
  return findProgram({ variable: 'NGINX_PATH', folder: '/usr/sbin', names: ['nginx'] });
}
