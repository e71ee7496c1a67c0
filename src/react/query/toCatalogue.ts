import { createCatalogueClient, type CatalogueClient } from '../../catalogue/createCatalogueClient.js';
import type { GrantRoute } from '../../grant/createRouteCall.js';

/** Where a query asks: the base URL of `createAvatarHandler`, alone or with what its requests need; or a client that you have made. */
export type CatalogueOption = string | GrantRoute | CatalogueClient;

/** Makes a client of whatever the application gave. A client holds nothing, so a new one at each render costs nothing. */
export function toCatalogue(option: CatalogueOption): CatalogueClient {
  return typeof option === 'object' && 'listAvatars' in option ? option : createCatalogueClient(option);
}
