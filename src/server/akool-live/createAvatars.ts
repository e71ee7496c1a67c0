import { z } from 'zod';
import type { AkoolCallOptions } from './AkoolClientOptions.js';
import type { AkoolCall } from './createCall.js';
import { answerOf, optionalText, pageAnswer, pageInput, type AkoolPage, type AkoolPageInput } from './page.js';
import { readInput } from './readInput.js';

export type AkoolAvatarStatus = 'queueing' | 'processing' | 'ready' | 'failed' | 'unknown';

/** One avatar of the account, or one that the vendor offers to all. */
export interface AkoolAvatar {
  /** The vendor's record. */
  readonly id: string;
  /** What a session is created with. */
  readonly avatarId: string;
  readonly name: string | null;
  readonly origin: 'official' | 'own' | 'unknown';
  readonly status: AkoolAvatarStatus;
  /** True when a session can be created with it. */
  readonly usable: boolean;
  readonly voiceId: string | null;
  readonly url: string | null;
  readonly thumbnailUrl: string | null;
  readonly gender: string | null;
}

export interface CreateAvatarInput {
  /** Picture or film to make it from. */
  readonly url: string;
  /** Letters and digits; names the avatar from now on. */
  readonly avatarId: string;
  readonly name: string;
  /** `link` is an address of the file itself, `platform` one of YouTube, TikTok, X or Google Drive. Default `link`. */
  readonly urlFrom?: 'link' | 'platform';
}

export interface AkoolAvatars {
  create(input: CreateAvatarInput, options?: AkoolCallOptions): Promise<AkoolAvatar>;
  /** By `avatarId`. */
  detail(avatarId: string, options?: AkoolCallOptions): Promise<AkoolAvatar>;
  /** By the record's `id`, from the older address. */
  detailById(id: string, options?: AkoolCallOptions): Promise<AkoolAvatar>;
  list(input?: AkoolPageInput & { readonly platform?: 'open' | 'aigc' }, options?: AkoolCallOptions): Promise<AkoolPage<AkoolAvatar>>;
}

/** Avatars and sessions count alike. */
export function statusOf(value: number | null | undefined): AkoolAvatarStatus {
  return ([undefined, 'queueing', 'processing', 'ready', 'failed'] as const)[value ?? 0] ?? 'unknown';
}

const avatar = z
  .object({
    _id: optionalText,
    avatar_id: z.string().min(1),
    name: optionalText,
    from: z.coerce.number().nullish(),
    status: z.coerce.number().nullish(),
    available: z.boolean().nullish(),
    voice_id: optionalText,
    url: optionalText,
    thumbnailUrl: optionalText,
    gender: optionalText,
  })
  .transform((data): AkoolAvatar => {
    const status = statusOf(data.status);
    return {
      id: data._id ?? '',
      avatarId: data.avatar_id,
      name: data.name,
      origin: data.from === 2 ? 'official' : data.from === 3 || data.from === 4 ? 'own' : 'unknown',
      status,
      usable: data.available ?? status === 'ready',
      voiceId: data.voice_id,
      url: data.url,
      thumbnailUrl: data.thumbnailUrl,
      gender: data.gender,
    };
  });

const avatarAnswer = answerOf(avatar);
const avatarPage = pageAnswer(avatar);

const createInput = z.object({
  url: z.url(),
  avatarId: z.string().regex(/^[a-zA-Z0-9]+$/, 'letters and digits only'),
  name: z.string().min(1),
  urlFrom: z.enum(['link', 'platform']).default('link'),
});
const listInput = pageInput.extend({ platform: z.enum(['open', 'aigc']).optional() });
const id = z.string().min(1);

/** The part of the API that is about avatars. */
export function createAvatars(call: AkoolCall): AkoolAvatars {
  return {
    async create(input, options) {
      const { url, avatarId, name, urlFrom } = readInput(createInput, input, 'The avatar');
      const body = { url, avatar_id: avatarId, name, type: 2, url_from: urlFrom === 'link' ? 1 : 2 };
      return call({ method: 'POST', path: '/api/open/v3/avatar/create', body, answer: avatarAnswer }, options);
    },
    async detail(avatarId, options) {
      const query = { avatar_id: readInput(id, avatarId, 'The avatar id') };
      return call({ method: 'GET', path: '/api/open/v4/liveAvatar/avatar/detail', query, answer: avatarAnswer }, options);
    },
    async detailById(recordId, options) {
      const query = { id: readInput(id, recordId, 'The record id') };
      return call({ method: 'GET', path: '/api/open/v3/avatar/detail', query, answer: avatarAnswer }, options);
    },
    async list(input = {}, options) {
      const query = readInput(listInput, input, 'The list of avatars');
      return call({ method: 'GET', path: '/api/open/v4/liveAvatar/avatar/list', query, answer: avatarPage }, options);
    },
  };
}
