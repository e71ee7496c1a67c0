import { checkRange } from '../../optionChecks.js';

/** What pages may see of the account of `akoolLive`: avatars, voices and languages always. */
export interface CatalogueOptions {
  /** Lists the names of the account's knowledge bases too; never what is in them. Default false. */
  readonly knowledge?: boolean;
  /** Lists voices that the account has cloned from people, with their samples. Default false. */
  readonly clonedVoices?: boolean;
  /** How long an answer of the vendor is fresh, for all subjects together. Default 300,000; 1,000 to 86,400,000. */
  readonly ttlMs?: number;
  /** How long an answer that is no longer fresh is given while the vendor fails. Default 86,400,000; 0 to 604,800,000. */
  readonly staleMs?: number;
}

/** {@link CatalogueOptions} with every default filled in. */
export type CatalogueConfig = Required<CatalogueOptions>;

/** @throws `server-misconfigured` */
export function resolveCatalogue(options: CatalogueOptions): CatalogueConfig {
  return {
    knowledge: options.knowledge === true,
    clonedVoices: options.clonedVoices === true,
    ttlMs: checkRange('catalogue.ttlMs', options.ttlMs ?? 300_000, 1_000, 86_400_000),
    staleMs: checkRange('catalogue.staleMs', options.staleMs ?? 86_400_000, 0, 604_800_000),
  };
}
