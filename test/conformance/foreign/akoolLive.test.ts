// Source: docs.akool.com, openapi/live-avatar.yaml and "Message protocol v2"; a Python client talks to the emulator.
import { startEmulator } from '../../../src/emulator.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

describeForeign('akool_live', async () => {
  const emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 50 });
  try {
    const { akoolApiUrl, channelUrl, apiKey } = emulator;
    return await startForeign('akool_live', { akoolApiUrl, channelUrl, apiKey }).finish();
  } finally {
    await emulator.close();
  }
});
