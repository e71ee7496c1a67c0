import type { z } from 'zod';
import { AvatarError } from '../../../errors/AvatarError.js';
import type { AkoolClient } from '../../akool-live/createAkoolClient.js';
import type { AkoolPage } from '../../akool-live/page.js';
import { untilAborted } from '../../akool-live/untilAborted.js';
import type { Subject } from '../../AvatarServerOptions.js';
import type { ServerConfig } from '../../resolveServerOptions.js';
import { traced } from '../../traced.js';
import {
  toCatalogueAvatar,
  toCatalogueKnowledge,
  toCatalogueLanguage,
  toCatalogueVoice,
  type avatarPage,
  type CatalogueAvatar,
  type knowledgePage,
  type languageList,
  type voicePage,
} from './catalogueAnswers.js';
import type { AvatarQuery, KnowledgeQuery, VoiceQuery } from './catalogueQueries.js';
import { createQueryCache } from './createQueryCache.js';

/** What a page may choose from: lists of the vendor's, with the fields that are meant for pages. */
export interface Catalogue {
  /** Those that the subject may use. */
  avatars(query: AvatarQuery, subject: Subject, signal: AbortSignal): Promise<z.infer<typeof avatarPage>>;
  voices(query: VoiceQuery, signal: AbortSignal): Promise<z.infer<typeof voicePage>>;
  languages(signal: AbortSignal): Promise<z.infer<typeof languageList>>;
  knowledge(query: KnowledgeQuery, signal: AbortSignal): Promise<z.infer<typeof knowledgePage>>;
}

const MAX_ENTRIES = 200;
const FULL_PAGE = 100;
/** So far a subject's own avatars are looked for: beyond 2,000 the account is no catalogue any more. */
const MAX_WALKED_PAGES = 20;

/** Makes the catalogue of the account that the server holds sessions with. */
export function createCatalogue({ hosted, catalogue, clock, waitUntil, log }: ServerConfig): Catalogue {
  const onStale = (): void => log({ level: 'warn', event: 'catalogue-stale', message: 'The vendor does not answer. What it said before is shown.', context: {} });
  const cache = createQueryCache({ clock, ttlMs: catalogue.ttlMs, staleMs: catalogue.staleMs, maxEntries: MAX_ENTRIES, onStale });

  /** Shared by all who wait for the same, so that nobody's leaving takes it from the others. */
  function read<Answer>(kind: string, query: object, signal: AbortSignal, load: (akool: AkoolClient) => Promise<Answer>): Promise<Answer> {
    if (hosted === null) throw new AvatarError('not-found', { message: 'This server has no catalogue. Operator: set the option akoolLive.' });
    const answer = cache.read(`${kind} ${JSON.stringify(query)}`, () => traced('catalogue-read', { 'visavis.list': kind }, () => load(hosted.akool)));
    waitUntil(answer.catch(() => undefined));
    return untilAborted(answer, signal);
  }

  const avatarsOf = (query: AvatarQuery, signal: AbortSignal): Promise<ListedPage<CatalogueAvatar>> =>
    read('avatars', query, signal, async ({ avatars }) => mapPage(await avatars.list(query), toCatalogueAvatar));

  /** Walks the whole list, of which all subjects share the pages, and leaves out what this one may not use. */
  async function allowedAvatars({ platform }: AvatarQuery, allowed: ReadonlySet<string>, signal: AbortSignal): Promise<readonly CatalogueAvatar[]> {
    const found = new Map<string, CatalogueAvatar>();
    for (let page = 1, seen = 0; page <= MAX_WALKED_PAGES && found.size < allowed.size; page += 1) {
      const { items, total } = await avatarsOf({ page, size: FULL_PAGE, platform }, signal);
      for (const item of items) if (allowed.has(item.avatarId)) found.set(item.avatarId, item);
      seen += FULL_PAGE;
      if (items.length === 0 || (total !== null && seen >= total)) break;
    }
    return [...found.values()];
  }

  return {
    async avatars(query, subject, signal) {
      const { page, size } = query;
      if (subject.allowedAvatars === undefined) return { ...(await avatarsOf(query, signal)), page, size };
      const items = await allowedAvatars(query, new Set(subject.allowedAvatars), signal);
      return { items: items.slice((page - 1) * size, page * size), total: items.length, page, size };
    },
    async voices({ streams, ...query }, signal) {
      if (query.type === 'clone' && !catalogue.clonedVoices)
        throw new AvatarError('not-authorized', { message: 'Cloned voices are not listed here. Operator: set catalogue.clonedVoices if pages may see them.' });
      const wanted = { ...query, streams: streams === undefined ? undefined : streams === 'true' };
      const answer = await read('voices', wanted, signal, async ({ voices }) => mapPage(await voices.list(wanted), toCatalogueVoice));
      return { ...answer, page: query.page, size: query.size };
    },
    async languages(signal) {
      return { items: await read('languages', {}, signal, async ({ voices }) => (await voices.languages()).map(toCatalogueLanguage)) };
    },
    async knowledge(query, signal) {
      if (!catalogue.knowledge) throw new AvatarError('not-found', { message: 'Knowledge is not listed here. Operator: set catalogue.knowledge if pages may see its names.' });
      const answer = await read('knowledge', query, signal, async ({ knowledge }) => mapPage(await knowledge.list(query), toCatalogueKnowledge));
      return { ...answer, page: query.page, size: query.size };
    },
  };
}

interface ListedPage<Item> {
  readonly items: Item[];
  readonly total: number | null;
}

function mapPage<From, To>({ items, total }: AkoolPage<From>, map: (item: From) => To): ListedPage<To> {
  return { items: items.map(map), total };
}
