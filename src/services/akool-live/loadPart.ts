import { AvatarError } from '../../errors/AvatarError.js';

/** Loads what a connection needs: a page that talks to another vendor never fetches it. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new AvatarError('avatar-unreachable', { message: 'The part of visavis that talks to hosted avatars could not be loaded. Check the network and the deployed files.', cause });
  }
}
