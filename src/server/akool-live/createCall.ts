import { z } from 'zod';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AkoolCallOptions, AkoolCredentials } from './AkoolClientOptions.js';
import { isTokenRefusal } from './apiError.js';
import { createTokenSource } from './createTokenSource.js';
import { createTransport, type TransportOptions, type TransportRequest } from './createTransport.js';
import { untilAborted } from './untilAborted.js';

/** One call with the account's credentials. */
export type AkoolCall = <Answer>(request: Omit<TransportRequest<Answer>, 'headers' | 'signal'>, options: AkoolCallOptions | undefined) => Promise<Answer>;

/** A client's way to the vendor. */
export interface AuthorisedCalls {
  readonly call: AkoolCall;
  /** @throws AvatarError `server-misconfigured` when the client has a key instead of an id and a secret. */
  getToken(options?: AkoolCallOptions): Promise<string>;
}

export type CallOptions = Omit<TransportOptions, 'secrets'> & { readonly credentials: AkoolCredentials };

/** At the top of the body, unlike every other answer. */
const tokenAnswer = z.object({ token: z.string().min(1) }).transform(({ token }) => token);

/** Adds the credentials to every call. Only one kind is ever sent: of two, the vendor ignores the key. */
export function createCall({ credentials, ...transportOptions }: CallOptions): AuthorisedCalls {
  if ('apiKey' in credentials) {
    const { apiKey } = credentials;
    const transport = createTransport({ ...transportOptions, secrets: () => [apiKey] });
    return {
      call: (request, options) => transport.send({ ...request, headers: { 'x-api-key': apiKey }, signal: options?.signal }),
      async getToken() {
        throw new AvatarError('server-misconfigured', { message: 'A token needs clientId and clientSecret; this client has an apiKey, which needs no token.' });
      },
    };
  }

  const { clientId, clientSecret } = credentials;
  const transport = createTransport({ ...transportOptions, secrets: () => [clientSecret, ...(tokens.present === null ? [] : [tokens.present])] });
  const tokens = createTokenSource({
    clock: transportOptions.clock,
    fetchToken: () => transport.send({ method: 'POST', path: '/api/open/v3/getToken', body: { clientId, clientSecret }, headers: {}, answer: tokenAnswer }),
  });
  // Shared by all who wait, so one caller's abort ends only that caller's waiting.
  const getToken = ({ signal }: AkoolCallOptions = {}) => untilAborted(tokens.get(), signal);

  return {
    getToken,
    async call(request, options) {
      const attempt = (token: string) => transport.send({ ...request, headers: { authorization: `Bearer ${token}` }, signal: options?.signal });
      const token = await getToken(options);
      try {
        return await attempt(token);
      } catch (error) {
        // Refused before anything was done, so that once more does nothing twice.
        if (!isTokenRefusal(error)) throw error;
        tokens.drop(token);
        return attempt(await getToken(options));
      }
    },
  };
}
