import { createAvatarSession } from '../../../src/session/createAvatarSession.js';

/** Loads what sessions load when they start, so that a test with a clock of its own waits for no file. */
export async function loadParts(): Promise<void> {
  await Promise.all([
    createAvatarSession({ grant: '/api' }).preload(),
    import('../../../src/audio/captureMicrophone.js'),
    import('../../../src/services/akool-streaming/connectAkoolStreaming.js'),
  ]);
}
