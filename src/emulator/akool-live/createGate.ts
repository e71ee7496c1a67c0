import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../../clock/clock.js';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import type { Faults } from '../faults/createFaults.js';
import { readBody, refuse } from './reply.js';

const SLOW_MS = 2_000;

export interface GateOptions {
  readonly apiKey: string;
  readonly faults: Faults;
  readonly clock: Clock;
}

/** Who may call the API, and what goes wrong before a call is even looked at. */
export interface Gate {
  /** `POST /api/open/v3/getToken` */
  readonly issueToken: (context: Context) => Promise<Response>;
  /** Lets nobody in without a token or the key. Of both, the token counts. */
  readonly admit: MiddlewareHandler;
  /** The armed faults. */
  readonly stumble: MiddlewareHandler;
}

/** Makes the entrance of the emulated REST API. The client secret is the key, as at the vendor. */
export function createGate({ apiKey, faults, clock }: GateOptions): Gate {
  const tokens = new Set<string>();

  function wait(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.schedule(resolve, delayMs);
      signal.addEventListener('abort', () => (cancel(), resolve()), { once: true });
    });
  }

  return {
    async issueToken(context) {
      const { clientId, clientSecret } = await readBody(context);
      if (typeof clientId !== 'string' || clientId === '') return refuse(context, AKOOL_API_CODE.badParameter, 'clientId is required');
      if (clientSecret !== apiKey) return refuse(context, AKOOL_API_CODE.badToken, 'clientSecret is wrong');
      const token = `emulator-token-${randomUUID()}`;
      tokens.add(token);
      return context.json({ code: AKOOL_API_CODE.ok, token });
    },
    async admit(context, next) {
      const authorization = context.req.header('authorization');
      const key = context.req.header('x-api-key');
      if (authorization !== undefined) {
        const token = /^Bearer (.+)$/.exec(authorization)?.[1];
        if (token === undefined || !tokens.has(token)) return refuse(context, AKOOL_API_CODE.badToken, 'illegal token');
      } else if (key === undefined || key === '') return refuse(context, AKOOL_API_CODE.noToken, 'token cannot be empty');
      else if (key !== apiKey) return refuse(context, AKOOL_API_CODE.badToken, 'illegal token');
      await next();
    },
    async stumble(context, next) {
      const slow = faults.take('api-slow', {});
      if (slow) await wait(slow.delayMs ?? SLOW_MS, context.req.raw.signal);
      if (faults.take('api-down', {})) return context.text('Service Unavailable (fault api-down)', 503);
      const code = faults.take('api-code', {});
      if (code) return refuse(context, code.code ?? AKOOL_API_CODE.avatarBusy, 'Something went wrong (fault api-code)');
      if (faults.take('token-refused', {})) {
        tokens.clear();
        return refuse(context, AKOOL_API_CODE.badToken, 'token has expired (fault token-refused)');
      }
      await next();
    },
  };
}
