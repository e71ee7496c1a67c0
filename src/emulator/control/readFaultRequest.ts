import { z } from 'zod';
import type { FaultRequest } from '../faults/createFaults.js';
import { faultCatalog, type FaultName } from '../faults/faultCatalog.js';
import { readShape } from '../../shapes/readShape.js';

const request = z.strictObject({
  fault: z.string().refine(isFaultName, { error: `must be one of: ${Object.keys(faultCatalog).join(', ')}` }),
  node: z.int().nonnegative().optional(),
  session: z.string().min(1).optional(),
  vendor: z.enum(['akool-streaming', 'akool-live', 'dve']).optional(),
  // What a close frame may carry; error codes follow the same range.
  code: z.int().min(1000).max(9999).optional(),
  delayMs: z.number().min(0).max(600_000).optional(),
  times: z.int().min(1).max(1_000_000).optional(),
  forever: z.boolean().optional(),
  unhealthy: z.boolean().optional(),
});

/** Codes that `WebSocket.close` may be given. */
const isCloseCode = (code: number) => code === 1000 || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);

/** Validates the body of `POST /_emulator/faults`; a string says what is wrong with it. */
export function readFaultRequest(body: unknown): FaultRequest | string {
  const parsed = readShape(request, body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return issue ? `${issue.path.join('.') || 'body'}: ${issue.message}` : 'The body is not valid.';
  }
  const { fault, code } = parsed.data;
  if ((fault === 'close-socket' || fault === 'refuse-node' || fault === 'refuse-voice') && code !== undefined && !isCloseCode(code)) {
    return 'code: a WebSocket can only be closed with 1000, 1007 to 1014, or 3000 to 4999';
  }
  return parsed.data;
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultCatalog, name);
}
