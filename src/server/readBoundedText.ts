/**
 * Reads a body as UTF-8, at most `maxBytes` of it; null when it is longer. Trusts no `content-length`.
 *
 * @param signal stops reading; what was read until then is the answer.
 */
export async function readBoundedText(body: ReadableStream<Uint8Array> | null, maxBytes: number, signal?: AbortSignal): Promise<string | null> {
  if (body === null) return '';
  const reader = body.getReader();
  // What cancelling fails with, reading fails with as well.
  signal?.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
  const decoder = new TextDecoder();
  let text = '';
  let totalBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    totalBytes += value.byteLength;
    if (totalBytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
