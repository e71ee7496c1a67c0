import { createRemoteJWKSet, jwtVerify } from 'jose';

const { AUTH_JWKS_URL = '', AUTH_ISSUER = '', AUTH_AUDIENCE = '' } = process.env;
if (AUTH_JWKS_URL === '' || AUTH_ISSUER === '' || AUTH_AUDIENCE === '') throw new Error('AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE are needed to tell who asks.');
const keys = createRemoteJWKSet(new URL(AUTH_JWKS_URL));

/**
 * Who may have an avatar: whoever is signed in at your identity provider. An example; replace it with your own sign-in.
 * @param {Request} request
 * @returns {Promise<{ id: string } | null>} null to refuse
 */
export default async function authorize(request) {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return null;
  try {
    const { payload } = await jwtVerify(token, keys, { issuer: AUTH_ISSUER, audience: AUTH_AUDIENCE });
    return payload.sub ? { id: payload.sub } : null;
  } catch {
    return null; // Expired, forged or not for us: it makes no difference.
  }
}
