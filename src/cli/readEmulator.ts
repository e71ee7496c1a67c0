import { z } from 'zod';
import { readShape } from '../shapes/readShape.js';

const infoSchema = z.object({ discoveryUrl: z.url(), akoolApiUrl: z.url().optional(), channelUrl: z.url(), dveUrl: z.url(), apiKey: z.string().min(1) });

/** What the server has to know of an emulator. */
export type EmulatorInfo = Required<z.infer<typeof infoSchema>>;

const TIMEOUT_MS = 5_000;

/**
 * Asks an emulator where its vendors are. One that does not say is taken to have them in the usual places.
 *
 * @throws Error with one line when nothing answers there.
 */
export async function readEmulator(emulatorUrl: string): Promise<EmulatorInfo> {
  let response: Response;
  try {
    response = await fetch(new URL('/_emulator/info', emulatorUrl), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new Error(`No emulator answers at ${new URL(emulatorUrl).origin}. Start it with: visavis emulator`);
  }
  const info = response.ok ? readShape(infoSchema, await response.json().catch(() => null)) : null;
  const akoolApiUrl = new URL('/akool', emulatorUrl).href;
  if (info?.success === true) return { ...info.data, akoolApiUrl: info.data.akoolApiUrl ?? akoolApiUrl };
  const channelUrl = new URL('/channel', emulatorUrl);
  channelUrl.protocol = 'ws:';
  const dveUrl = new URL('/dve/ws', emulatorUrl);
  dveUrl.protocol = 'ws:';
  return {
    discoveryUrl: new URL('/streamingAvatar/service_status', emulatorUrl).href,
    akoolApiUrl,
    channelUrl: channelUrl.href,
    dveUrl: dveUrl.href,
    apiKey: 'emulator-key',
  };
}
