import { createEventStreamReader } from './createEventStreamReader.js';
import { readBody } from './readBody.js';

/** Many servers end their event streams with this, which is no data. */
const DONE = '[DONE]';

/**
 * Reads a response as text while it arrives. Characters may be cut anywhere between its chunks. Of a `text/event-stream`
 * it gives the data of each event, up to `[DONE]`, if there is one.
 *
 * @param source a response, or the UTF-8 bytes of one.
 * @param contentType what the bytes are; default: what the response says.
 * @returns text as it arrives. Leaving the loop gives up the download.
 * @throws AvatarError `pipeline-failed` when the response is no success.
 * @example
 * ```ts
 * for await (const text of readTextStream(await fetch('/api/chat'))) console.log(text);
 * ```
 */
export async function* readTextStream(source: Response | ReadableStream<Uint8Array>, contentType?: string): AsyncGenerator<string, void> {
  const type = contentType ?? (source instanceof Response ? source.headers.get('content-type') : null) ?? '';
  const readEvents = /^\s*text\/event-stream/i.test(type) ? createEventStreamReader() : null;
  const decoder = new TextDecoder();
  for await (const bytes of readBody(source)) {
    const text = decoder.decode(bytes, { stream: true });
    for (const part of readEvents ? readEvents(text) : [text]) {
      if (readEvents && part === DONE) return;
      if (part !== '') yield part;
    }
  }
  const rest = decoder.decode();
  // An event that no empty line completed is not one.
  if (rest !== '' && !readEvents) yield rest;
}
