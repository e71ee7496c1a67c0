import type { AudioBypass } from '../audio/AudioBypass.js';
import { AvatarError } from '../errors/AvatarError.js';
import { loadVoiceSocketSource } from './loadVoiceSocketSource.js';
import { openVoiceSocket, type OpenVoiceSocketOptions } from './openVoiceSocket.js';
import { openVoiceSocketWorker } from './openVoiceSocketWorker.js';
import type { VoiceSocket } from './VoiceSocket.js';

export interface VoiceSocketHostOptions {
  /** Where the application serves `visavis/worklets/voice-socket.js`. */
  readonly workerUrl: string | undefined;
  /** Loads the same script as text. Default: the one that comes with the package. */
  readonly loadSource?: () => Promise<string>;
}

/** Opens the sockets of a service, in a Worker where the page lets it. */
export interface VoiceSocketHost {
  /**
   * @param bypass ways past the page; null where the page carries the sound, and a Worker would only be one hop more
   * @throws AvatarError `grant-invalid` when the browser refuses the address
   */
  open<WireSettings>(options: OpenVoiceSocketOptions<WireSettings>, bypass: AudioBypass | null): VoiceSocket | Promise<VoiceSocket>;
}

/** Makes a host. After a Worker was refused or has failed it makes no other. */
export function createVoiceSocketHost({ workerUrl, loadSource = loadVoiceSocketSource }: VoiceSocketHostOptions): VoiceSocketHost {
  let isRefused = false;

  async function openInWorker<WireSettings>(options: OpenVoiceSocketOptions<WireSettings>, bypass: AudioBypass): Promise<VoiceSocket> {
    const address = workerUrl ?? URL.createObjectURL(new Blob([await loadSource()], { type: 'text/javascript' }));
    try {
      return await openVoiceSocketWorker({ ...options, worker: startWorker(address), bypass, onCrash: refuse });
    } catch (error) {
      if (!AvatarError.isInstance(error) || error.reason !== 'worklet-blocked') throw error;
      refuse();
      return openVoiceSocket(options);
    } finally {
      if (workerUrl === undefined) URL.revokeObjectURL(address);
    }
  }

  function refuse(): void {
    isRefused = true;
  }

  return {
    open(options, bypass) {
      const isPossible = bypass !== null && !isRefused && options.WebSocket === undefined && typeof Worker === 'function';
      return isPossible ? openInWorker(options, bypass) : openVoiceSocket(options);
    },
  };
}

function startWorker(address: string): Worker {
  try {
    return new Worker(address, { name: 'visavis-voice' });
  } catch (cause) {
    throw new AvatarError('worklet-blocked', { message: 'The page may not make a Worker.', cause });
  }
}
