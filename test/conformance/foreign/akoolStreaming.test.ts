// Source: akool-streaming-avatar 0.1.8 (Python), service_discovery.py and websocket_client.py; a Python client talks to the emulator.
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../../src/emulator.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

const speech = fileURLToPath(new URL('../../fixtures/face-speech.wav', import.meta.url));

describeForeign('akool_streaming', async () => {
  // Longer than any test: that a node is opened too soon must not depend on how fast the test is.
  const emulator = await startEmulator({ nodes: 2, reconnectCooldownMs: 600_000 });
  try {
    const { url, discoveryUrl, apiKey } = emulator;
    return await startForeign('akool_streaming', { url, discoveryUrl, apiKey, speech }).finish();
  } finally {
    await emulator.close();
  }
});
