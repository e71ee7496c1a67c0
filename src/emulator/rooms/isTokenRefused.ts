/** The emulator takes every token but this one, so that the expired case can be tried. */
const EXPIRED_TOKEN = 'expired';

/** True for a token with which nobody gets into a room. */
export function isTokenRefused(token: string | null): boolean {
  return token === EXPIRED_TOKEN;
}
