import type { AvatarErrorReason } from '../../errors/AvatarError.js';
import { statusOfReason } from '../handler/errorResponse.js';
import { ROUTES, type Route } from '../handler/routeTable.js';
import { createComponentSchemas, toJsonSchema, type JsonSchema } from './createComponentSchemas.js';
import { OPERATIONS, type OperationFacts } from './operations.js';

/** A part of the document that has no shape of its own here. */
type Part = Readonly<Record<string, unknown>>;

/** An OpenAPI 3.1 document, as far as its shape is of use to a program. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  /** Path -> method in lower case -> operation. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly headers: Part; readonly securitySchemes: Part };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Part[];
  readonly requestBody?: Part;
  /** Status -> answer. */
  readonly responses: Readonly<Record<string, Part>>;
}

export interface OpenApiOptions {
  /** Where the handler is mounted. Default `/api/avatar`. */
  readonly serverUrl?: string;
}

const DESCRIPTION =
  'Sessions of live avatars: short-lived credentials for one page, and nothing else. Every answer that holds one says `Cache-Control: no-store`. ' +
  'Pages ask from the origins that the server allows; every refusal is a `Problem`.';

const HEADERS = {
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
  ETag: { description: 'Names this answer; send it as If-None-Match.', schema: { type: 'string' } },
  CacheControl: { description: 'Who may keep this answer.', schema: { type: 'string' } },
  Allow: { description: 'The methods of this route.', schema: { type: 'string' } },
  WwwAuthenticate: { description: 'How to show the token.', schema: { type: 'string' } },
};

const SECURITY_SCHEMES = {
  visitor: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Whatever `authorize` of the application looks at: this header, a cookie, or any other.' },
  operator: { type: 'http', scheme: 'bearer', description: 'The option `operatorToken`.' },
};

/**
 * Describes the routes of `createAvatarHandler` in OpenAPI 3.1, from the very schemas by which it reads requests.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 *
 * await writeFile('openapi.json', JSON.stringify(createOpenApiDocument({ serverUrl: 'https://app.example.com/api/avatar' }), null, 2));
 * ```
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function createOpenApiDocument({ serverUrl = '/api/avatar' }: OpenApiOptions = {}): OpenApiDocument {
  const entries = Object.entries(OPERATIONS).map(([route, facts]) => [route, { [methodOf(route)]: describe(facts) }] as const);
  return {
    openapi: '3.1.0',
    info: { title: 'visavis', version: '1', description: DESCRIPTION },
    servers: [{ url: serverUrl }],
    paths: Object.fromEntries(entries),
    components: { schemas: createComponentSchemas(), headers: HEADERS, securitySchemes: SECURITY_SCHEMES },
  };
}

function methodOf(route: string): string {
  // `OPERATIONS` has the keys of `ROUTES`, which `Object.entries` forgets.
  return ROUTES[route as Route].toLowerCase();
}

function describe({ id, summary, description, who, body, query, ...facts }: OperationFacts): OpenApiOperation {
  const parameters = query === undefined ? [] : Object.entries(query.shape).map(([name, schema]) => ({ name, in: 'query', required: false, schema: toJsonSchema(schema) }));
  const content = { schema: refTo('schemas', body ?? '') };
  return {
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    security: who === 'anyone' ? [] : [{ [who]: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: body !== 'SessionRequest', content: { 'application/json': content, 'text/plain': content } } }),
    responses: { ...describeSuccess(facts), ...describeRefusals({ who, body, query, reasons: facts.reasons }) },
  };
}

function describeSuccess({ success, isCached }: Pick<OperationFacts, 'success' | 'isCached'>): Readonly<Record<string, Part>> {
  const { status, answer, text } = success;
  const headers = { 'Cache-Control': refTo('headers', 'CacheControl'), ...(isCached ? { ETag: refTo('headers', 'ETag') } : {}) };
  const content = text ? { 'text/plain': { schema: { type: 'string' } } } : { 'application/json': { schema: answer === undefined ? { type: 'object' } : refTo('schemas', answer) } };
  return {
    [status]: { description: status === 204 ? 'Done.' : 'As asked.', headers, ...(status === 204 ? {} : { content }) },
    ...(isCached ? { 304: { description: 'What the reader has is still so.', headers } } : {}),
  };
}

/** By status, each with the reasons that can be behind it. */
function describeRefusals({ who, body, query, reasons }: Pick<OperationFacts, 'who' | 'body' | 'query' | 'reasons'>): Readonly<Record<string, Part>> {
  const byStatus = new Map<number, string[]>();
  const add = (status: number, reason: AvatarErrorReason): void => {
    const known = byStatus.get(status) ?? [];
    if (!known.includes(reason)) byStatus.set(status, [...known, reason]);
  };
  add(405, 'invalid-options');
  for (const reason of ['origin-refused', 'server-misconfigured'] as const) add(statusOfReason(reason), reason);
  if (body !== undefined || query !== undefined) add(400, 'invalid-options');
  if (body !== undefined) {
    for (const status of [408, 415]) add(status, 'invalid-options');
    add(413, 'message-too-large');
  }
  if (who === 'operator') add(404, 'invalid-options');
  for (const reason of reasons) add(statusOfReason(reason), reason);
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(([status, found]) => [status, describeRefusal(status, found, who)]));
}

function describeRefusal(status: number, reasons: readonly string[], who: OperationFacts['who']): Part {
  const headers = {
    'Cache-Control': refTo('headers', 'CacheControl'),
    ...(status === 405 ? { Allow: refTo('headers', 'Allow') } : {}),
    ...(status === 429 || status === 503 ? { 'Retry-After': refTo('headers', 'RetryAfter') } : {}),
    ...(status === 401 && who === 'operator' ? { 'WWW-Authenticate': refTo('headers', 'WwwAuthenticate') } : {}),
  };
  return { description: `Refused: ${reasons.join(', ')}.`, headers, content: { 'application/json': { schema: refTo('schemas', 'Problem') } } };
}

function refTo(kind: 'schemas' | 'headers', name: string): { readonly $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}
