import { AvatarError } from './AvatarError.js';

/**
 * Loads a part of visavis that a page fetches when it is needed.
 *
 * @param what names the part, as the subject of a sentence.
 * @throws AvatarError `load-failed`
 */
export async function loadPart<Part>(what: string, load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw loadFailed(what, cause);
  }
}

/** A file that is not there, or that does not come. */
export function loadFailed(what: string, cause?: unknown): AvatarError {
  return new AvatarError('load-failed', {
    // A deployment takes the old files away from the pages that are open; and some browsers ask only once for a file that failed.
    message: `${what} could not be loaded. Check the network and try again; if that does not help, or the site was updated meanwhile, reload the page.`,
    cause,
  });
}
