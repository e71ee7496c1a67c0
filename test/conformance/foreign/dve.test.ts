// Source: DVE wiki, "WebSocket protocol" with its client sample; a Python client talks to the emulator.
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../../src/emulator.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

const speech = fileURLToPath(new URL('../../fixtures/face-speech.wav', import.meta.url));

describeForeign('dve', async () => {
  const emulator = await startEmulator({ nodes: 1 });
  try {
    const { url, dveUrl, apiKey } = emulator;
    return await startForeign('dve', { url, dveUrl, apiKey, speech }).finish();
  } finally {
    await emulator.close();
  }
});
