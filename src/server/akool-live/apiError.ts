import { AvatarError, type AvatarErrorReason } from '../../errors/AvatarError.js';

type Meaning = readonly [reason: AvatarErrorReason, message: string];

const KEY: Meaning = ['key-rejected', 'The avatar service rejected the server\'s credentials. Operator: check the key and that its account is active.'];
const QUOTA: Meaning = ['quota-exceeded', 'The account of the avatar service has no quota left for this. Operator: check the plan and the credits.'];
const MISSING: Meaning = ['not-found', 'The avatar service knows nothing under that id. Check the id, and that it belongs to the account of the key.'];
const FORBIDDEN: Meaning = ['avatar-refused', 'The avatar service does not permit this. Check what the account and the resource allow.'];
const SOURCE: Meaning = ['avatar-refused', 'The avatar service cannot use that picture, sound or video. Check its kind, length and size.'];
const TROUBLE: Meaning = ['avatar-error', 'The avatar service failed to carry this out. Try again later; report it to the vendor when it stays.'];

const BY_CODE: Readonly<Record<number, Meaning>> = {
  1003: ['invalid-options', 'The avatar service refused a parameter. Check the values against its documentation.'],
  1004: FORBIDDEN,
  1005: ['rate-limited', 'The avatar service is asked too often. Wait a moment, then try again.'],
  1006: QUOTA,
  1007: SOURCE,
  1008: MISSING,
  1009: FORBIDDEN,
  1010: FORBIDDEN,
  1011: ['avatar-refused', 'The avatar service has done this already.'],
  1013: SOURCE,
  1014: MISSING,
  1015: TROUBLE,
  1016: TROUBLE,
  1017: TROUBLE,
  1101: KEY,
  1102: KEY,
  1103: QUOTA,
  1104: QUOTA,
  1105: TROUBLE,
  1108: SOURCE,
  1109: KEY,
  1110: SOURCE,
  1111: TROUBLE,
  1112: SOURCE,
  1200: KEY,
  1201: TROUBLE,
  1202: FORBIDDEN,
  1203: SOURCE,
  1204: SOURCE,
  1205: TROUBLE,
  1206: TROUBLE,
  1207: SOURCE,
  1208: SOURCE,
  1209: SOURCE,
  1210: SOURCE,
  1211: TROUBLE,
  1212: TROUBLE,
  1213: QUOTA,
  1214: ['avatar-busy', 'The avatar is still being made ready. Try again shortly.'],
  1215: ['avatar-busy', 'The avatar is taken. Try again shortly, or choose another one.'],
  1216: MISSING,
  1217: TROUBLE,
  1218: TROUBLE,
  1219: ['session-ended', 'The avatar session is closed. Start a new one.'],
  1220: SOURCE,
  1221: QUOTA,
  1222: ['avatar-refused', 'The avatar service has something under that name already. Choose another name.'],
  1223: ['avatar-refused', 'Too much was uploaded to the avatar service. Delete something, or upload less.'],
};

/** Codes with which the credentials themselves were refused: a fresh token may help. */
const TOKEN_CODES = new Set([1101, 1102]);

/** True for an error that a fresh token may cure. */
export function isTokenRefusal(error: unknown): boolean {
  return AvatarError.isInstance(error) && (TOKEN_CODES.has(Number(error.context['code'])) || error.context['status'] === 401);
}

/**
 * What a code in a body means. Each reason's `retryable` is that of the vendor's class: too often, in process, busy.
 *
 * @param vendorMessage what the vendor says, without secrets.
 */
export function errorOfCode(code: number, operation: string, vendorMessage: string): AvatarError {
  const [reason, message] = BY_CODE[code] ?? ['avatar-error', 'The avatar service answered with a code that this version does not know.'];
  return new AvatarError(reason, { message, context: { code, operation, vendorMessage } });
}

/** What an HTTP status means when the body holds no code; null for success. */
export function errorOfStatus(status: number, operation: string): AvatarError | null {
  if (status >= 200 && status < 300) return null;
  const context = { status, operation };
  if (status === 401 || status === 403) return new AvatarError(KEY[0], { message: KEY[1], context });
  if (status === 404) return new AvatarError(MISSING[0], { message: MISSING[1], context });
  if (status === 429) return new AvatarError('rate-limited', { message: 'The avatar service is asked too often. Wait a moment, then try again.', context });
  return new AvatarError('avatar-unreachable', {
    message: `The avatar service answered HTTP ${status}. Try again shortly; check baseUrl when it stays.`,
    // A redirect or a refusal of the request itself does not change by waiting.
    retryable: status >= 500 || status === 408,
    context,
  });
}
