import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judgeLicences } from './judgeLicences.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} place */
function readInstalled(place) {
  try {
    /** @type {{ license?: string, licenses?: readonly { type?: string }[] }} */
    const { license, licenses } = JSON.parse(readFileSync(`${ROOT}${place}/package.json`, 'utf8'));
    // The list is how npm 1 had it; some packages have kept it.
    return license ?? licenses?.map(({ type = '' }) => type).join(' AND ');
  } catch {
    return undefined; // not installed: for another platform
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8'));
  const { judged, complaints } = judgeLicences(packages, readInstalled);
  for (const complaint of complaints) console.error(complaint);
  console.log(`${judged} packages, ${complaints.length} with a licence that is not allowed`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
