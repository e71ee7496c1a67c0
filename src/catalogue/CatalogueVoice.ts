import type { PageQuery } from './CataloguePage.js';
import { readFlag, readOptionalText, readText, readTexts, readWebUrl, type Fields } from './readFields.js';

/** One voice that an avatar may speak with. */
export interface CatalogueVoice {
  /** What a session is asked for with, as `params={{ voiceId }}` or in `akoolLive({ voiceId })`. */
  readonly voiceId: string;
  readonly name: string | null;
  /** In the vendor's words, such as `Female`. */
  readonly gender: string | null;
  /** In the vendor's words, such as `English`. */
  readonly language: string | null;
  /** Such as `en-US`. */
  readonly locale: string | null;
  /** A sample of it. */
  readonly previewUrl: string | null;
  /** True when a session can speak with it. */
  readonly streams: boolean;
  readonly styles: readonly string[];
  readonly scenarios: readonly string[];
  readonly ages: readonly string[];
}

/** Which voices are wanted. Texts have 1 to 64 characters and are in the vendor's words. */
export interface VoicesQuery extends PageQuery {
  /** `clone`: voices of people, where the server lists them. Default `akool`. */
  readonly type?: 'akool' | 'clone';
  readonly style?: string;
  readonly gender?: string;
  readonly age?: string;
  readonly scenario?: string;
  /** Part of the name. */
  readonly name?: string;
  /** True: only voices that a session can speak with. Default: all. */
  readonly streams?: boolean;
}

/** Reads a voice that came from the server. @throws AvatarError `request-failed` */
export function parseCatalogueVoice(fields: Fields): CatalogueVoice {
  return {
    voiceId: readText(fields, 'voiceId'),
    name: readOptionalText(fields, 'name'),
    gender: readOptionalText(fields, 'gender'),
    language: readOptionalText(fields, 'language'),
    locale: readOptionalText(fields, 'locale'),
    previewUrl: readWebUrl(fields, 'previewUrl'),
    streams: readFlag(fields, 'streams'),
    styles: readTexts(fields, 'styles'),
    scenarios: readTexts(fields, 'scenarios'),
    ages: readTexts(fields, 'ages'),
  };
}
