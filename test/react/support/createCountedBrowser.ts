import { vi } from 'vitest';

/** What a page holds of its browser. */
export interface Holdings {
  readonly sockets: number;
  readonly contexts: number;
  readonly tracks: number;
  readonly locks: number;
  readonly timers: number;
  /** What is listened to, of the window, the document, devices, tracks, contexts and media queries. */
  readonly listeners: readonly string[];
}

/** Browser parts that happy-dom lacks, and a count of everything that a page can fail to give back. */
export interface CountedBrowser {
  /** Needs vitest's fake timers. */
  readonly holdings: () => Holdings;
  /** Cuts every socket, as when the network goes. */
  readonly dropSockets: () => void;
  /** Ends every track, as when the device is pulled out. */
  readonly unplug: () => void;
  /** The next request for the microphone is refused. */
  readonly denyNext: () => void;
  readonly setHidden: (hidden: boolean) => void;
  readonly restore: () => void;
}

const JOINED = { v: 2, type: 'system', mid: 's', pld: { status: 'agora_connected', channel_id: 'room' } };
const LATENCY_MS = 5;

/** Installs it in the globals. Sockets lead to an avatar that does everything right. */
export function createCountedBrowser(): CountedBrowser {
  const held = { sockets: new Set<CountedSocket>(), contexts: new Set<CountedContext>(), tracks: new Set<CountedTrack>(), locks: new Set<object>() };
  const listeners = new Map<EventTarget, Set<string>>();
  let isDenied = false;
  let isHidden = false;

  /** Notes who listens; what is told twice is noted once, as the browser does. */
  function count<T extends EventTarget>(target: T): T {
    const ids = new Map<unknown, number>();
    const { addEventListener: add, removeEventListener: remove } = target;
    const own = new Set<string>();
    listeners.set(target, own);
    const idOf = (type: string, listener: unknown, options: unknown): string => {
      if (!ids.has(listener)) ids.set(listener, ids.size);
      return `${type} ${ids.get(listener)} ${String(typeof options === 'object' && options !== null && 'capture' in options ? options.capture : options === true)}`;
    };
    target.addEventListener = function (type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions) {
      const id = idOf(type, listener, options);
      own.add(id);
      if (typeof options === 'object' && options.once) add.call(target, type, () => own.delete(id), options);
      add.call(target, type, listener, options);
    };
    target.removeEventListener = function (type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions) {
      own.delete(idOf(type, listener, options));
      remove.call(target, type, listener, options);
    };
    uncount.push(() => Object.assign(target, { addEventListener: add, removeEventListener: remove }));
    return target;
  }
  const uncount: (() => void)[] = [];

  class CountedSocket {
    static readonly OPEN = 1;
    readonly OPEN = 1;
    readyState = 0;
    bufferedAmount = 0;
    binaryType = 'blob';
    onopen: (() => void) | null = null;
    onmessage: ((event: { readonly data: string }) => void) | null = null;
    onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
    constructor() {
      held.sockets.add(this);
      setTimeout(() => {
        if (this.readyState !== 0) return;
        this.readyState = 1;
        this.onopen?.();
        this.answer({ v: 2, type: 'system', mid: 'w', pld: { status: 'websocket_connected' } });
      }, LATENCY_MS);
    }
    answer(message: unknown): void {
      setTimeout(() => {
        if (this.readyState === 1) this.onmessage?.({ data: JSON.stringify(message) });
      }, LATENCY_MS);
    }
    send(text: string): void {
      const message = JSON.parse(text) as { readonly type: string; readonly mid: string; readonly pld: { readonly cmd?: string } }; // our own client wrote it
      if (message.type === 'ping') this.answer({ v: 2, type: 'pong', mid: message.mid, pld: {} });
      if (message.type === 'command' || message.type === 'event') this.answer({ v: 2, type: 'ack', mid: 'a', pld: { original_mid: message.mid, status: 'success' } });
      if (message.pld.cmd === 'set-params') this.answer(JOINED);
    }
    close(code = 1000): void {
      if (this.readyState > 1) return;
      this.readyState = 2;
      setTimeout(() => this.end(code), LATENCY_MS);
    }
    end(code: number): void {
      if (this.readyState === 3) return;
      this.readyState = 3;
      held.sockets.delete(this);
      this.onclose?.({ code, reason: '' });
    }
  }

  class CountedTrack extends EventTarget {
    readonly kind = 'audio';
    readyState = 'live';
    enabled = true;
    muted = false;
    constructor() {
      super();
      held.tracks.add(count(this));
    }
    getSettings = () => ({ deviceId: 'built-in' });
    stop(): void {
      this.readyState = 'ended';
      held.tracks.delete(this);
      // A track that has ended, and a context that is closed, go with whoever listened to them.
      listeners.delete(this);
    }
    unplug(): void {
      this.readyState = 'ended';
      this.dispatchEvent(new Event('ended'));
      this.stop();
    }
  }

  class CountedContext extends EventTarget {
    state = 'suspended';
    currentTime = 0;
    destination = node();
    audioWorklet = { addModule: async () => undefined };
    constructor() {
      super();
      held.contexts.add(count(this));
    }
    createMediaStreamSource = () => node();
    async resume(): Promise<void> {
      if (this.state !== 'suspended') return;
      this.state = 'running';
      this.dispatchEvent(new Event('statechange'));
    }
    async close(): Promise<void> {
      this.state = 'closed';
      held.contexts.delete(this);
      listeners.delete(this);
    }
  }

  const mediaDevices = Object.assign(count(new EventTarget()), {
    enumerateDevices: async () => [{ kind: 'audioinput', deviceId: 'built-in', label: 'Built-in', groupId: '' }],
    async getUserMedia() {
      if (isDenied) {
        isDenied = false;
        throw new DOMException('Denied', 'NotAllowedError');
      }
      const track = new CountedTrack();
      return { getTracks: () => [track], getAudioTracks: () => [track] };
    },
  });
  const wakeLock = {
    async request() {
      const sentinel = Object.assign(new EventTarget(), {
        async release() {
          if (held.locks.delete(sentinel)) sentinel.dispatchEvent(new Event('release'));
        },
      });
      held.locks.add(sentinel);
      return sentinel;
    },
  };
  vi.stubGlobal('WebSocket', CountedSocket);
  vi.stubGlobal('AudioContext', CountedContext);
  vi.stubGlobal('AudioWorkletNode', function AudioWorkletNode() {
    return { ...node(), port: { onmessage: null, postMessage: () => undefined, close: () => undefined } };
  });
  vi.stubGlobal('GainNode', function GainNode() {
    return node();
  });
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('matchMedia', () => count(Object.assign(new EventTarget(), { matches: false })));
  Object.defineProperties(navigator, { mediaDevices: { value: mediaDevices, configurable: true }, wakeLock: { value: wakeLock, configurable: true } });
  Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible'), configurable: true });
  Object.defineProperty(document, 'hidden', { get: () => isHidden, configurable: true });
  count(window);
  count(document);

  return {
    holdings: () => ({
      sockets: held.sockets.size,
      contexts: held.contexts.size,
      tracks: held.tracks.size,
      locks: held.locks.size,
      timers: vi.getTimerCount(),
      listeners: [...listeners].flatMap(([target, own]) => [...own].map((id) => `${target.constructor.name} ${id}`)),
    }),
    dropSockets: () => [...held.sockets].forEach((socket) => socket.end(1006)),
    unplug: () => [...held.tracks].forEach((track) => track.unplug()),
    denyNext() {
      isDenied = true;
    },
    setHidden(hidden) {
      if (hidden === isHidden) return;
      isHidden = hidden;
      // A hidden page loses its locks.
      if (hidden) for (const lock of [...held.locks]) if ('release' in lock && typeof lock.release === 'function') lock.release();
      document.dispatchEvent(new Event('visibilitychange'));
    },
    restore() {
      for (const undo of uncount) undo();
      vi.unstubAllGlobals();
      for (const name of ['mediaDevices', 'wakeLock']) Reflect.deleteProperty(navigator, name);
      for (const name of ['visibilityState', 'hidden']) Reflect.deleteProperty(document, name);
    },
  };
}

/** Enough of an AudioNode to be connected. */
function node(): object {
  const self = { gain: { setTargetAtTime: () => undefined }, connect: (next: unknown) => next, disconnect: () => undefined };
  return self;
}
