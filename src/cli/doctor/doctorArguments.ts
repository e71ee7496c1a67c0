import { parseArgs } from 'node:util';
import { readNumberFlag } from '../readFlag.js';
import { parseServeArguments, SERVE_FLAGS, type ServeArguments } from '../serve/serveArguments.js';

export interface DoctorArguments {
  /** What `visavis serve` would be told. */
  readonly serve: ServeArguments;
  /** The session route's base, as browsers reach it; null to look at no running server. */
  readonly url: URL | null;
  readonly timeoutMs: number;
}

const OWN_FLAGS = { url: { type: 'string' }, 'timeout-seconds': { type: 'string', default: '10' } } as const;

/** @throws Error with one line that says which argument is wrong. */
export function parseDoctorArguments(argv: readonly string[]): DoctorArguments {
  const { values, tokens } = parseArgs({ args: [...argv], options: { ...SERVE_FLAGS, ...OWN_FLAGS }, tokens: true });
  // What is left is for the command that is looked at.
  const own = new Set(tokens.filter((token) => token.kind === 'option' && token.name in OWN_FLAGS).flatMap((token) => positionsOf(token)));
  const serve = parseServeArguments(argv.filter((_argument, index) => !own.has(index)));
  return { serve, url: readUrl(values.url), timeoutMs: readNumberFlag('--timeout-seconds', values['timeout-seconds'], 1, 120) * 1_000 };
}

/** Where an option and its value stand among the arguments. */
function positionsOf(token: { readonly index: number; readonly inlineValue?: boolean | undefined }): number[] {
  return token.inlineValue === true ? [token.index] : [token.index, token.index + 1];
}

function readUrl(text: string | undefined): URL | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new Error('--url must be an address such as https://app.example.com/api/avatar, without user name and password.');
  return new URL(url.origin + url.pathname.replace(/\/+$/, ''));
}
