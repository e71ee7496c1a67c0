import { isLoopbackHost } from '../../server/akool/createHostPolicy.js';
import { findingsOf, type Finding } from './finding.js';

/** Looks at the pages that may ask. */
export function checkOrigins(origins: readonly string[]): Finding[] {
  const { fail } = findingsOf('origin');
  if (origins.length === 0) return [fail('No page may ask.', 'Give the exact origin of your page: --origin https://app.example.com')];
  return origins.map(checkOriginShape);
}

function checkOriginShape(origin: string): Finding {
  const { ok, fail } = findingsOf('origin');
  if (!URL.canParse(origin)) return fail(`${JSON.stringify(origin)} is no origin.`, 'Write it like https://app.example.com; * is not accepted.');
  const url = new URL(origin);
  if (url.origin !== origin) return fail(`${JSON.stringify(origin)} is not as browsers send it.`, `Write it without path and trailing slash: ${url.origin === 'null' ? 'https://app.example.com' : url.origin}`);
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname))
    return fail(`${origin} is not https: a browser gives such a page no microphone.`, `Serve the page by https: ${origin.replace(/^http:/, 'https:')}`);
  return ok(`${origin} may ask.`);
}
