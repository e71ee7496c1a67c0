import { AvatarError } from '../errors/AvatarError.js';

/** Loads the script of the voice's Worker as text, apart from the rest: a page that serves it as a file never fetches it twice. */
export async function loadVoiceSocketSource(): Promise<string> {
  try {
    const { voiceSocketSource } = await import('./voiceSocketSource.js');
    return voiceSocketSource;
  } catch (cause) {
    throw new AvatarError('worklet-blocked', { message: "The script of the voice's Worker could not be loaded. Check the network and the deployed files.", cause });
  }
}
