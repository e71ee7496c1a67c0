// Source: Akool's documentation of version 3 (commit 4d9f573 of docs.akool.com) and its first React demo; a Python client talks to the emulator.
import { startEmulator } from '../../../src/emulator.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

describeForeign('chat_room', async () => {
  const emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 20 });
  try {
    const { akoolApiUrl, apiKey } = emulator;
    return await startForeign('chat_room', { akoolApiUrl, apiKey }).finish();
  } finally {
    await emulator.close();
  }
});
