import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Authorize } from '../server.js';

/**
 * Loads an app's `authorize` from a module: its default export, or the export of that name.
 *
 * @throws Error with one line when there is no such function.
 */
export async function loadAuthorize(path: string): Promise<Authorize> {
  let exports: Record<string, unknown>;
  try {
    // A module namespace is an object; what it holds is checked below.
    exports = (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`--authorize: ${path} could not be loaded (${cause instanceof Error ? cause.message.split('\n')[0] : 'unknown error'}).`, { cause });
  }
  const authorize = exports['authorize'] ?? exports['default'];
  if (typeof authorize !== 'function') throw new Error(`--authorize: ${path} exports no function named authorize, and no default.`);
  // What it answers is checked at every request.
  return authorize as Authorize;
}
