import { serveVoiceSocket } from '../../../src/audio-socket/serveVoiceSocket.js';
import type { VoiceSocketCommand, VoiceSocketReport } from '../../../src/audio-socket/voiceSocketMessages.js';
import type { CreateVoiceWire } from '../../../src/audio-socket/VoiceWire.js';
import { NodeSocket } from '../services/openSocketServer.js';

/** What a Worker does, over a channel: everything between page and Worker is cloned or transferred. */
export interface PortWorker {
  readonly worker: Worker;
  readonly isTerminated: boolean;
  /** Something in it was thrown and not caught. */
  crash(message: string): void;
}

/** Starts one that serves a voice socket. */
export function createPortWorker<Settings>(createWire: CreateVoiceWire<Settings>, Socket: typeof WebSocket = NodeSocket): PortWorker {
  const { port1, port2 } = new MessageChannel();
  let isTerminated = false;
  const post = (report: VoiceSocketReport, transfer: Transferable[] = []) => {
    if (!isTerminated) port2.postMessage(report, transfer);
  };
  const service = serveVoiceSocket({ createWire, post, WebSocket: Socket });
  port2.onmessage = ({ data }: MessageEvent<VoiceSocketCommand<Settings>>) => {
    if (!isTerminated) service.receive(data);
  };
  const page: Pick<Worker, 'onmessage' | 'onerror' | 'postMessage' | 'terminate'> = {
    onerror: null,
    set onmessage(listener: Worker['onmessage']) {
      port1.onmessage = listener as MessagePort['onmessage']; // the event is the same, only its target is not
    },
    postMessage: port1.postMessage.bind(port1),
    terminate() {
      isTerminated = true;
      service.receive({ type: 'close' });
      port1.close();
    },
  };
  return {
    worker: page as Worker, // the part of it that is used
    get isTerminated() {
      return isTerminated;
    },
    crash: (message) => page.onerror?.call(page as Worker, { message, preventDefault: () => undefined } as ErrorEvent), // the part that is read
  };
}
