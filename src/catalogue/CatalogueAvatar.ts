import type { PageQuery } from './CataloguePage.js';
import { readFlag, readOptionalText, readText, readWebUrl, readWord, type Fields } from './readFields.js';

/** One avatar that this user may choose. */
export interface CatalogueAvatar {
  /** What a session is asked for with, as in `akoolStreaming({ avatarId })` or `akoolLive({ avatarId })`. */
  readonly avatarId: string;
  readonly name: string | null;
  /** In the vendor's words, such as `Female`. */
  readonly gender: string | null;
  /** `official` is the vendor's, for everybody; `own` is the account's. */
  readonly origin: 'official' | 'own' | 'unknown';
  readonly status: 'queueing' | 'processing' | 'ready' | 'failed' | 'unknown';
  /** True when a session can be had with it. */
  readonly usable: boolean;
  /** The voice that it has by itself. */
  readonly voiceId: string | null;
  /** Its picture or film. */
  readonly url: string | null;
  readonly thumbnailUrl: string | null;
}

/** Which avatars are wanted. */
export interface AvatarsQuery extends PageQuery {
  /** One of the vendor's two collections. Default: both. */
  readonly platform?: 'open' | 'aigc';
}

const ORIGINS = ['official', 'own'] as const;
const STATUSES = ['queueing', 'processing', 'ready', 'failed'] as const;

/** Reads an avatar that came from the server. @throws AvatarError `request-failed` */
export function parseCatalogueAvatar(fields: Fields): CatalogueAvatar {
  return {
    avatarId: readText(fields, 'avatarId'),
    name: readOptionalText(fields, 'name'),
    gender: readOptionalText(fields, 'gender'),
    origin: readWord(fields, 'origin', ORIGINS),
    status: readWord(fields, 'status', STATUSES),
    usable: readFlag(fields, 'usable'),
    voiceId: readOptionalText(fields, 'voiceId'),
    url: readWebUrl(fields, 'url'),
    thumbnailUrl: readWebUrl(fields, 'thumbnailUrl'),
  };
}
