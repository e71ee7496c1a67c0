/** Others' ways from a microphone to a socket, each as its documentation or package does it, but with the shortest buffers it has. */
export async function startPeers(stream: MediaStream, urlOf: (name: string) => string): Promise<() => void> {
  const stops = [
    await startScriptProcessor(stream.clone(), urlOf('ScriptProcessor')),
    await startRecorder(stream.clone(), urlOf('MediaRecorder')),
    await startWorklet(stream.clone(), urlOf('worklet, base64 JSON')),
    await startTrackProcessor(stream.clone(), urlOf('track processor in a Worker')),
  ];
  return () => stops.forEach((stop) => stop());
}

/** 10.7 ms at 48 kHz. Most pages take 4,096. */
const SCRIPT_PROCESSOR_SAMPLES = 512;

async function startScriptProcessor(stream: MediaStream, url: string): Promise<() => void> {
  const socket = await openSocket(url);
  const context = new AudioContext();
  const node = context.createScriptProcessor(SCRIPT_PROCESSOR_SAMPLES, 1, 1);
  node.onaudioprocess = ({ inputBuffer }) => socket.send(toInt16(inputBuffer.getChannelData(0)));
  context.createMediaStreamSource(stream).connect(node).connect(context.destination);
  await context.resume();
  return () => {
    node.onaudioprocess = null;
    void context.close();
    socket.close();
  };
}

async function startRecorder(stream: MediaStream, url: string): Promise<() => void> {
  const socket = await openSocket(url);
  // Bare samples: that a coder also takes its time is left out.
  const recorder = new MediaRecorder(stream, { mimeType: 'audio/webm;codecs=pcm' });
  recorder.ondataavailable = ({ data }) => socket.send(data);
  recorder.start(10);
  return () => {
    recorder.ondataavailable = null;
    recorder.stop();
    socket.close();
  };
}

/** 10 ms, where the package waits for 100 or 250. */
const RAW = `registerProcessor('raw', class extends AudioWorkletProcessor {
  buffer = [];
  process([[input]]) {
    if (input) for (const sample of input) this.buffer.push(Math.max(-1, Math.min(1, sample)) * 32767);
    if (this.buffer.length >= 160) { this.port.postMessage(Int16Array.from(this.buffer)); this.buffer = []; }
    return true;
  }
});`;

/** As @elevenlabs/client does: a context of 16 kHz, an AudioWorklet, and base64 in JSON on the main thread. */
async function startWorklet(stream: MediaStream, url: string): Promise<() => void> {
  const socket = await openSocket(url);
  const context = new AudioContext({ sampleRate: 16_000 });
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([RAW], { type: 'text/javascript' })));
  const node = new AudioWorkletNode(context, 'raw', { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }: MessageEvent<Int16Array>) => {
    let binary = '';
    for (const byte of new Uint8Array(data.buffer)) binary += String.fromCharCode(byte);
    socket.send(JSON.stringify({ user_audio_chunk: btoa(binary) }));
  };
  context.createMediaStreamSource(stream).connect(node);
  await context.resume();
  return () => {
    node.port.onmessage = null;
    void context.close();
    socket.close();
  };
}

/** Chromium's own: it makes `AudioData` of a track. */
declare class MediaStreamTrackProcessor {
  constructor(options: { readonly track: MediaStreamTrack });
  readonly readable: ReadableStream;
}

const TRACK_READER = `onmessage = async ({ data: { readable, url } }) => {
  const socket = new WebSocket(url);
  await new Promise((resolve) => { socket.onopen = resolve; });
  postMessage('open');
  const reader = readable.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const samples = new Float32Array(value.numberOfFrames);
    value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    value.close();
    socket.send(Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32767));
  }
};`;

/** Without an audio context: the browser hands a Worker what the microphone gives, at its own rate. */
async function startTrackProcessor(stream: MediaStream, url: string): Promise<() => void> {
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('The stream has no sound.');
  const worker = new Worker(URL.createObjectURL(new Blob([TRACK_READER], { type: 'text/javascript' })));
  const { readable } = new MediaStreamTrackProcessor({ track });
  const opened = new Promise((resolve) => (worker.onmessage = resolve));
  worker.postMessage({ readable, url }, [readable]);
  await opened;
  return () => {
    track.stop();
    worker.terminate();
  };
}

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  return socket;
}

function toInt16(samples: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);
}
