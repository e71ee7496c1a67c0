import { readOptionalText, readText, readWebUrl, type Fields } from './readFields.js';

/** One language that an avatar can speak. */
export interface CatalogueLanguage {
  /** What a session is asked for with, as `params={{ language }}` or in `akoolLive({ language })`. */
  readonly code: string;
  readonly name: string;
  readonly flagUrl: string | null;
}

/** Reads a language that came from the server. @throws AvatarError `request-failed` */
export function parseCatalogueLanguage(fields: Fields): CatalogueLanguage {
  const code = readText(fields, 'code');
  return { code, name: readOptionalText(fields, 'name') ?? code, flagUrl: readWebUrl(fields, 'flagUrl') };
}
