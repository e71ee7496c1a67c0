import { trimSlashes } from './trimSlashes.js';

/** Every route and the method that it takes. A route is the end of a path, so that the handler mounts under any prefix. */
export const ROUTES = {
  '/session': 'POST',
  '/session/renew': 'POST',
  '/session/keep': 'POST',
  '/session/end': 'POST',
  '/sessions': 'GET',
  '/sessions/end': 'POST',
  '/catalogue/avatars': 'GET',
  '/catalogue/voices': 'GET',
  '/catalogue/languages': 'GET',
  '/catalogue/knowledge': 'GET',
  '/health': 'GET',
  '/ready': 'GET',
  '/metrics': 'GET',
  '/openapi.json': 'GET',
} as const satisfies Record<string, 'GET' | 'POST'>;

export type Route = keyof typeof ROUTES;

const isRoute = (name: string): name is Route => Object.hasOwn(ROUTES, name);
const NAMES = Object.keys(ROUTES).filter(isRoute);

/** The route at the end of a request's path; null when there is none. */
export function routeOf(request: Request): Route | null {
  const path = trimSlashes(new URL(request.url).pathname);
  return NAMES.find((route) => path.endsWith(route)) ?? null;
}

/** The methods of a route, as a header lists them. */
export function allowOf(route: Route): string {
  return ROUTES[route] === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS';
}
