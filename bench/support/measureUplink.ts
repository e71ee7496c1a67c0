import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';
import { WebSocketServer } from 'ws';
import { workletSource } from '../../scripts/workletSource.js';
import { readSpeech } from '../../src/services/dve/codec/readSpeech.js';
import { openBrowser } from '../../test/e2e/support/openPage.js';
import type { UplinkMoments, UplinkRun } from './uplinkPage.js';

declare global {
  interface Window {
    runUplink(run: UplinkRun): Promise<UplinkMoments>;
  }
}

/** Clicks are 497 ms apart. */
export const LOST_MS = 490;

/** Milliseconds from a click in the sound to wherever it is waited for, sorted, by name. */
export type UplinkDelays = Readonly<Record<string, readonly number[]>>;

export interface UplinkMeasurement {
  /** To the server, by who carried it. */
  readonly delays: UplinkDelays;
  /** To the places in the browser that it passes, by place. */
  readonly stages: UplinkDelays;
}

/** Makes sound in a page of Chromium and waits for it at the sockets. */
export async function measureUplink(run: UplinkRun): Promise<UplinkMeasurement> {
  const script = await bundlePage();
  const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset="utf-8"><script>${script.replaceAll('</script', '<\\/script')}</script>`));
  const sockets = new WebSocketServer({ server });
  const heard = new Map<string, number[]>();
  sockets.on('connection', (socket, request) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1));
    const isClick = createClickDetector(name);
    const atMs: number[] = [];
    heard.set(name, atMs);
    socket.on('message', (data: Buffer) => {
      const nowMs = performance.timeOrigin + performance.now();
      if (isClick(data)) atMs.push(nowMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`); // it listens on TCP
    const { clicks, stages } = await page.evaluate((options) => window.runUplink(options), run);
    const delays = (moments: Iterable<readonly [string, readonly number[]]>) => Object.fromEntries([...moments].map(([name, atMs]) => [name, delaysOf(clicks, atMs)]));
    return { delays: delays(heard), stages: delays(Object.entries(stages)) };
  } finally {
    await browser.close();
    sockets.close();
    server.close();
  }
}

async function bundlePage(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [workletSource()],
    build: { write: false, target: 'es2022', lib: { entry: 'bench/support/uplinkPage.ts', formats: ['iife'], name: 'uplink' } },
  });
  const [bundle] = Array.isArray(output) ? output : [];
  const code = bundle?.output[0].code;
  if (!code) throw new Error('The page of the bench could not be bundled.');
  return code;
}

/** Tells of the first message in which a click is heard, and then not before it has been quiet again. */
function createClickDetector(name: string): (data: Buffer) => boolean {
  let wasLoud = false;
  return (data) => {
    const isLoud = name === 'MediaRecorder' ? data.includes(LOUD_FLOATS) : loudest(samplesOf(name, data)) > 8000;
    const isFirst = isLoud && !wasLoud;
    wasLoud = isLoud;
    return isFirst;
  };
}

/** Eight samples of a click as they stand in a WebM of bare samples, wherever a block begins. */
const LOUD_FLOATS = Buffer.from(new Float32Array(8).fill(0.75).buffer);

function samplesOf(name: string, data: Buffer): Int16Array {
  if (name === 'ScriptProcessor' || name.startsWith('track')) return toInt16(data);
  if (name.startsWith('worklet')) return toInt16(Buffer.from((JSON.parse(data.toString()) as { user_audio_chunk: string }).user_audio_chunk, 'base64')); // the page of this bench wrote it
  const speech = readSpeech(data);
  return speech?.kind === 'audio' ? toInt16(speech.frame.audio) : new Int16Array();
}

function toInt16(bytes: Uint8Array): Int16Array {
  return new Int16Array(Uint8Array.from(bytes).buffer);
}

function loudest(samples: Int16Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** A click that was not heard before the next one counts as lost, and so as late as can be. */
function delaysOf(madeAtMs: readonly number[], heardAtMs: readonly number[]): number[] {
  const delays = madeAtMs.map((madeMs) => (heardAtMs.find((atMs) => atMs > madeMs - 2) ?? Infinity) - madeMs);
  return delays.map((ms) => (ms < LOST_MS ? ms : LOST_MS)).sort((a, b) => a - b);
}
