import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * A program that is installed: what the variable names, else the first that is found.
 * @param {{ variable: string, folder: string, names: readonly string[], others?: readonly string[] }} options
 * `folder` is looked into before those of PATH; `others` are whole paths, tried last.
 * @returns {string | undefined} its path
 */
export function findProgram({ variable, folder, names, others = [] }) {
  const chosen = process.env[variable];
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  const folders = [folder, ...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean)];
  return [...folders.flatMap((place) => names.map((name) => join(place, name))), ...others].find(isExecutable);
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
