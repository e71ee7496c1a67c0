// Source: README of akool-streaming-avatar (Python); a Python client of the forms that it shows talks to the emulator.
import { startEmulator } from '../../../src/emulator.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

describeForeign('akool_readme', async () => {
  const emulator = await startEmulator({ nodes: 1, discoveryBody: 'readme' });
  try {
    const { url, discoveryUrl, apiKey } = emulator;
    return await startForeign('akool_readme', { url, discoveryUrl, apiKey }).finish();
  } finally {
    await emulator.close();
  }
});
