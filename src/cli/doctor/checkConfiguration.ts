import { createMemoryLedger, createPrometheusMetrics, type Authorize } from '../../server.js';
import { resolveServerOptions } from '../../server/resolveServerOptions.js';
import { loadAuthorize } from '../loadAuthorize.js';
import type { ServeArguments } from '../serve/serveArguments.js';
import { isLocalTrial, serveOptions } from '../serve/serveOptions.js';
import { findingsOf, type Finding } from './finding.js';

const standIn: Authorize = () => null;

/** Whether `visavis serve` would start with these arguments in this environment. */
export async function checkConfiguration(args: ServeArguments, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { ok, fail } = findingsOf('configuration');
  const authorize = await checkAuthorize(args);
  try {
    const parts = { ledger: createMemoryLedger(), log: () => undefined, metrics: await createPrometheusMetrics(), authorize: standIn };
    resolveServerOptions(await serveOptions(args, env, parts));
    return [authorize, ok('Arguments and environment fit together.')];
  } catch (error) {
    return [authorize, fail(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'Arguments and environment do not fit together.', 'See visavis serve --help for what each is.')];
  }
}

async function checkAuthorize({ authorizePath, emulatorUrl, host }: ServeArguments): Promise<Finding> {
  const { ok, skip, warn, fail } = findingsOf('authorize');
  if (authorizePath === null && emulatorUrl !== null && isLocalTrial(host, emulatorUrl)) return skip('No --authorize: with an emulator on loopback, everybody may ask.');
  if (authorizePath === null) return warn('No --authorize was given, so that it was not looked at.', 'Call visavis doctor with the --authorize that visavis serve gets; it does not start without one.');
  try {
    await loadAuthorize(authorizePath);
    return ok('The authorize module can be loaded.');
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'The authorize module cannot be loaded.', 'Export a function: export default (request) => ({ id: … }) or null.');
  }
}
