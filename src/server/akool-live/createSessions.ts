import { z } from 'zod';
import type { AkoolCallOptions } from './AkoolClientOptions.js';
import { statusOf } from './createAvatars.js';
import type { AkoolCall } from './createCall.js';
import { answerOf, anyAnswer, optionalText, pageAnswer, pageInput, type AkoolPage, type AkoolPageInput } from './page.js';
import { readInput } from './readInput.js';
import { sessionCredentials, type AkoolSessionCredentials } from './sessionCredentials.js';
import { sessionBody, sessionInput, sessionSecrets, type CreateSessionInput } from './sessionInput.js';

export type AkoolSessionStatus = 'queueing' | 'processing' | 'ready' | 'failed' | 'unknown';

export interface AkoolSession {
  readonly id: string;
  readonly uid: number | null;
  readonly status: AkoolSessionStatus;
  readonly streamType: string | null;
  /** There from the first answer on; null in lists. */
  readonly credentials: AkoolSessionCredentials | null;
}

export interface AkoolSessions {
  /** The account pays from here on: see that it is closed. */
  create(input: CreateSessionInput, options?: AkoolCallOptions): Promise<AkoolSession>;
  detail(id: string, options?: AkoolCallOptions): Promise<AkoolSession>;
  close(id: string, options?: AkoolCallOptions): Promise<void>;
  list(input?: AkoolPageInput & { readonly status?: Exclude<AkoolSessionStatus, 'unknown'> }, options?: AkoolCallOptions): Promise<AkoolPage<AkoolSession>>;
}

const STATUS_NUMBER = { queueing: 1, processing: 2, ready: 3, failed: 4 } as const;

const session = z
  .object({
    _id: z.string().min(1),
    uid: z.coerce.number().nullish().catch(null),
    status: z.coerce.number().nullish(),
    stream_type: optionalText,
    credentials: sessionCredentials,
  })
  .transform((data): AkoolSession => ({
    id: data._id,
    uid: data.uid ?? null,
    status: statusOf(data.status),
    streamType: data.stream_type,
    credentials: data.credentials,
  }));

const sessionAnswer = answerOf(session);
const sessionPage = pageAnswer(session);

const listInput = pageInput.extend({ status: z.enum(['queueing', 'processing', 'ready', 'failed']).optional() });
const id = z.string().min(1);

/** The part of the API that is about hosted sessions. */
export function createSessions(call: AkoolCall): AkoolSessions {
  return {
    async create(input, options) {
      const checked = readInput(sessionInput, input, 'The session');
      const request = { method: 'POST', path: '/api/open/v4/liveAvatar/session/create', answer: sessionAnswer } as const;
      return call({ ...request, body: sessionBody(checked), secrets: sessionSecrets(checked) }, options);
    },
    async detail(sessionId, options) {
      const query = { id: readInput(id, sessionId, 'The session id') };
      return call({ method: 'GET', path: '/api/open/v4/liveAvatar/session/detail', query, answer: sessionAnswer }, options);
    },
    async close(sessionId, options) {
      // Under `id`: with `session_id`, which a sample of the vendor shows, the session stays open and is paid for.
      const body = { id: readInput(id, sessionId, 'The session id') };
      await call({ method: 'POST', path: '/api/open/v4/liveAvatar/session/close', body, answer: anyAnswer }, options);
    },
    async list(input = {}, options) {
      const { status, ...page } = readInput(listInput, input, 'The list of sessions');
      const query = { ...page, status: status && STATUS_NUMBER[status] };
      return call({ method: 'GET', path: '/api/open/v4/liveAvatar/session/list', query, answer: sessionPage }, options);
    },
  };
}
