import { z } from 'zod';
import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_CODE } from '../../services/akool-streaming/messages.js';
import type { AvatarNode } from './avatarNode.js';
import { readShape } from '../../shapes/readShape.js';

const port = z.coerce.number().int().min(1).max(65_535);
/** Brackets belong to URLs; the rest of the server does without them. */
const host = z
  .string()
  .min(1)
  .max(255)
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'));

/** What the vendor's service answers, as its Python package reads it. */
const instanceSchema = z.object({
  ip: host,
  port,
  avatar_id: z.union([z.string(), z.number().transform(String)]).nullish(),
  status: z.string(),
  healthy: z.boolean(),
});
/** What the vendor's README shows. */
const serviceSchema = z.object({ host, port, status: z.string() });

const bodySchema = z.object({
  code: z.coerce.number().optional(),
  success: z.boolean().optional(),
  data: z.object({ instances: z.array(z.unknown()).optional(), services: z.array(z.unknown()).optional() }).nullish(),
});

const MAX_NODES = 1_000;

/**
 * Reads a discovery body in either of the two shapes that exist. An entry that cannot be read is left out, so that one
 * odd node does not take all others away.
 *
 * @throws `key-rejected`, `reconnect-too-soon`, `avatar-busy` or `discovery-failed`, without the vendor's words.
 */
export function parseDiscovery(body: unknown): AvatarNode[] {
  const parsed = readShape(bodySchema, body);
  if (!parsed.success) throw unreadable();
  const { code, success, data } = parsed.data;
  if (code !== undefined && code !== AKOOL_CODE.ok) throw discoveryCodeError(code);
  if (success === false) throw unreadable();
  if (data?.instances !== undefined) return data.instances.slice(0, MAX_NODES).flatMap(readInstance);
  if (data?.services !== undefined) return data.services.slice(0, MAX_NODES).flatMap(readService);
  throw unreadable();
}

function readInstance(entry: unknown): AvatarNode[] {
  const { data } = readShape(instanceSchema, entry);
  if (data === undefined) return [];
  return [{ host: data.ip, port: data.port, avatarId: data.avatar_id ?? null, available: data.healthy && data.status === 'available' }];
}

function readService(entry: unknown): AvatarNode[] {
  const { data } = readShape(serviceSchema, entry);
  return data === undefined ? [] : [{ host: data.host, port: data.port, avatarId: null, available: data.status === 'active' }];
}

function unreadable(): AvatarError {
  return new AvatarError('discovery-failed', { message: 'Avatar discovery answered in a shape this server cannot read. Check akool.discoveryUrl.' });
}

/** The vendor uses one set of numbers for close codes, error codes and discovery. */
function discoveryCodeError(code: number): AvatarError {
  const context = { code };
  if (code === AKOOL_CODE.badKey) return keyRejected();
  if (code === AKOOL_CODE.occupied) return new AvatarError('avatar-busy', { message: 'Every avatar is taken. Try again shortly.', context });
  if (code === AKOOL_CODE.tooSoon) return new AvatarError('reconnect-too-soon', { message: 'The avatar service asks to wait before the next attempt.', context });
  return new AvatarError('discovery-failed', { message: 'Avatar discovery refused the request. Try again shortly.', context });
}

/** The message is for the operator: a visitor cannot mend it. */
export function keyRejected(): AvatarError {
  return new AvatarError('key-rejected', {
    message: 'The avatar service rejected the server\'s key. Operator: check AKOOL_API_KEY (akool.apiKey) and that it belongs to this discovery URL.',
  });
}
