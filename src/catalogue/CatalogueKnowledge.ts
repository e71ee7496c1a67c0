import type { PageQuery } from './CataloguePage.js';
import { readOptionalText, readText, type Fields } from './readFields.js';

/** The name of one knowledge base; what is in it stays on the server. */
export interface CatalogueKnowledge {
  readonly id: string;
  readonly name: string | null;
}

/** Which knowledge bases are wanted. */
export interface KnowledgeQuery extends PageQuery {
  /** Part of the name, 1 to 64 characters. */
  readonly name?: string;
}

/** Reads a knowledge base's name that came from the server. @throws AvatarError `request-failed` */
export function parseCatalogueKnowledge(fields: Fields): CatalogueKnowledge {
  return { id: readText(fields, 'id'), name: readOptionalText(fields, 'name') };
}
