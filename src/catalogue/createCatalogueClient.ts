import { AvatarError } from '../errors/AvatarError.js';
import { createRouteCall, type GrantRoute } from '../grant/createRouteCall.js';
import type { Grant } from '../grant/grant.js';
import { parseGrant } from '../grant/parseGrant.js';
import type { RouteFailures } from '../grant/requestJson.js';
import { sessionRouteFailures } from '../grant/sessionRouteFailures.js';
import { parseCatalogueAvatar, type AvatarsQuery, type CatalogueAvatar } from './CatalogueAvatar.js';
import { parseCatalogueKnowledge, type CatalogueKnowledge, type KnowledgeQuery } from './CatalogueKnowledge.js';
import { parseCatalogueLanguage, type CatalogueLanguage } from './CatalogueLanguage.js';
import { parsePage, type CataloguePage } from './CataloguePage.js';
import { parseCatalogueVoice, type CatalogueVoice, type VoicesQuery } from './CatalogueVoice.js';
import { parseOwnSession, type OwnSession } from './OwnSession.js';
import { readList, readObject } from './readFields.js';

export interface CatalogueCallOptions {
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

/**
 * What a page may choose from, and the sessions of its user. Everything rejects with an `AvatarError` of the reason that the server names,
 * such as `not-authorized`, `rate-limited` or `not-found` (with `context.retryAfterMs` where the server says when to come again), or
 * `request-failed`; `invalid-options` for a relative URL where there is no page; or with the reason of an aborted signal.
 */
export interface CatalogueClient {
  /** Tells its answers from those of another route wherever answers are kept. */
  readonly name: string;
  /** The avatars that this user may have. */
  listAvatars(query?: AvatarsQuery, options?: CatalogueCallOptions): Promise<CataloguePage<CatalogueAvatar>>;
  listVoices(query?: VoicesQuery, options?: CatalogueCallOptions): Promise<CataloguePage<CatalogueVoice>>;
  listLanguages(options?: CatalogueCallOptions): Promise<readonly CatalogueLanguage[]>;
  /** Rejects with `not-found` where the server does not list it. */
  listKnowledge(query?: KnowledgeQuery, options?: CatalogueCallOptions): Promise<CataloguePage<CatalogueKnowledge>>;
  /** The user's own sessions that are going on, the oldest first. */
  listSessions(options?: CatalogueCallOptions): Promise<readonly OwnSession[]>;
  /**
   * Has a session granted before it is needed. Give what comes to `createAvatarSession({ grant })`. A grant cannot be renewed there: a
   * session that shall survive a lost connection is better given the route itself.
   *
   * @param wishes such as `{ avatarId, voiceId, language }`. The server decides.
   */
  createSession(wishes?: Readonly<Record<string, unknown>>, options?: CatalogueCallOptions): Promise<Grant>;
  /** Ends one of the user's own sessions, such as one in another tab. Does nothing when there is none of this name. */
  endSession(sessionId: string, options?: CatalogueCallOptions): Promise<void>;
}

export interface CatalogueClientOptions {
  /**
   * Default: the path of the route, so that a server that asks by an absolute URL and a page that asks by its path agree. Put the user's
   * id in it where one page serves several users in turn.
   */
  readonly name?: string;
}

const FAILURES: RouteFailures = { failed: 'request-failed', invalid: 'request-failed', name: 'The server' };

/**
 * Makes a client of the catalogue and session routes of `createAvatarHandler`. Holds nothing and connects nothing by itself.
 *
 * @param route base URL as in `grant`, or with what its requests need. On a server: absolute, with the visitor's cookies in `headers`.
 * @example
 * ```ts
 * const catalogue = createCatalogueClient('/api/avatar');
 * const { items } = await catalogue.listAvatars({ size: 20 });
 * ```
 */
export function createCatalogueClient(route: string | GrantRoute, { name }: CatalogueClientOptions = {}): CatalogueClient {
  const settings = typeof route === 'string' ? { url: route } : route;
  const ask = createRouteCall(settings, FAILURES);
  const askSession = createRouteCall(settings, sessionRouteFailures);

  // Only now: a page that is rendered on a server makes a client there too, and asks nothing with it.
  async function get(path: string, { signal = new AbortController().signal }: CatalogueCallOptions = {}): Promise<unknown> {
    assertReachable(settings);
    return ask(path, { signal });
  }

  return {
    name: name ?? pathOf(settings.url),
    listAvatars: async (query = {}, options) => parsePage(await get(`/catalogue/avatars${search(query)}`, options), parseCatalogueAvatar),
    listVoices: async (query = {}, options) => parsePage(await get(`/catalogue/voices${search(query)}`, options), parseCatalogueVoice),
    listLanguages: async (options) => readList(readObject(await get('/catalogue/languages', options), 'the list'), 'items', parseCatalogueLanguage),
    listKnowledge: async (query = {}, options) => parsePage(await get(`/catalogue/knowledge${search(query)}`, options), parseCatalogueKnowledge),
    listSessions: async (options) => readList(readObject(await get('/sessions', options), 'the list'), 'items', parseOwnSession),
    async createSession(wishes = {}, { signal = new AbortController().signal } = {}) {
      assertReachable(settings);
      return parseGrant(await askSession('/session', { body: wishes, signal }));
    },
    async endSession(sessionId, { signal = new AbortController().signal } = {}) {
      assertReachable(settings);
      await ask('/sessions/end', { body: { sessionId }, signal });
    },
  };
}

/** What is not asked for is left to the server. */
function search(query: object): string {
  const entries = Object.entries(query).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
  );
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

/** Of no use as an address where it was relative: only as a name. */
function pathOf(url: string): string {
  return new URL(url, 'http://page').pathname.replace(/\/+$/, '');
}

function assertReachable({ url }: GrantRoute): void {
  if (typeof location !== 'undefined' || /^[a-z][a-z\d+.-]*:/i.test(url)) return;
  throw new AvatarError('invalid-options', {
    message: 'There is no page here that a relative URL could belong to. Give the catalogue an absolute one, such as https://app.example.com/api/avatar.',
  });
}
