import type { AvatarError, AvatarErrorReason } from '../../errors/AvatarError.js';

/** Reasons that this server answers with, by HTTP status. What is not listed is a 500. */
const STATUS: Partial<Record<AvatarErrorReason, number>> = {
  'invalid-options': 400,
  'not-authorized': 401,
  'ticket-refused': 401,
  'ticket-expired': 401,
  'origin-refused': 403,
  'not-found': 404,
  'session-ended': 410,
  'message-too-large': 413,
  'rate-limited': 429,
  'server-misconfigured': 500,
  'key-rejected': 502,
  'quota-exceeded': 502,
  'avatar-refused': 502,
  'avatar-error': 502,
  'message-invalid': 502,
  'discovery-failed': 503,
  'no-avatar-available': 503,
  'avatar-busy': 503,
  'avatar-unreachable': 503,
  'avatar-timeout': 503,
  'channel-token-expired': 503,
  'reconnect-too-soon': 503,
  'server-draining': 503,
  'not-ready': 503,
};

/** In the context of an error of the handler's own: the status that says more than its reason's. */
export const HTTP_STATUS = 'httpStatus';

/** An error as JSON. Only the message of an `AvatarError` is told, never its cause. */
export function errorResponse(error: AvatarError, { status = statusOf(error), ...more }: { readonly status?: number; readonly allow?: string } = {}): Response {
  const { reason, message, retryable } = error;
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...more });
  if (status === 429 || status === 503) headers.set('retry-after', String(retryAfterSeconds(error) ?? (status === 429 ? 60 : 2)));
  return new Response(JSON.stringify({ error: { reason, message, retryable } }), { status, headers });
}

/** The HTTP status that a reason is answered with. */
export function statusOfReason(reason: AvatarErrorReason): number {
  return STATUS[reason] ?? 500;
}

function statusOf({ reason, context }: AvatarError): number {
  const given = context[HTTP_STATUS];
  return typeof given === 'number' && Number.isInteger(given) && given >= 400 && given <= 599 ? given : statusOfReason(reason);
}

function retryAfterSeconds({ context }: AvatarError): number | null {
  const { retryAfterMs } = context;
  return typeof retryAfterMs === 'number' ? Math.max(1, Math.ceil(retryAfterMs / 1_000)) : null;
}
