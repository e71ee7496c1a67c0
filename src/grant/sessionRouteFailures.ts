import type { RouteFailures } from './requestJson.js';

/** How trouble with the session route is named. */
export const sessionRouteFailures: RouteFailures = { failed: 'grant-failed', invalid: 'grant-invalid', name: 'The session route' };
