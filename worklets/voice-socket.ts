import { serveVoiceSocket } from '../src/audio-socket/serveVoiceSocket.js';
import type { VoiceSocketCommand, VoiceSocketReport } from '../src/audio-socket/voiceSocketMessages.js';
import type { VoiceWire } from '../src/audio-socket/VoiceWire.js';
import type { Clock } from '../src/clock/clock.js';
import { createAkoolWire, type AkoolWireSettings } from '../src/services/akool-streaming/createAkoolWire.js';
import { createDveWire, type DveWireSettings } from '../src/services/dve/createDveWire.js';

type WireSettings = AkoolWireSettings | DveWireSettings;

/** The part of a Worker's global scope that is used; TypeScript's DOM library has the window's in its place. */
const scope = globalThis as unknown as { // as said above
  onmessage: ((event: MessageEvent<VoiceSocketCommand<WireSettings>>) => void) | null;
  postMessage(message: VoiceSocketReport, transfer: Transferable[]): void;
};

function createWire(settings: WireSettings, clock: Clock): VoiceWire {
  return settings.vendor === 'dve' ? createDveWire(settings, clock) : createAkoolWire();
}

const service = serveVoiceSocket({ createWire, post: (report, transfer = []) => scope.postMessage(report, transfer) });
scope.onmessage = ({ data }) => service.receive(data);
