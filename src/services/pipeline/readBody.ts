import { AvatarError } from '../../errors/AvatarError.js';

/** Reads the bytes of a response, or of a stream. When the reader stops early, the download is given up. */
export async function* readBody(source: Response | ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  if (source instanceof Response && !source.ok) {
    await source.body?.cancel();
    throw new AvatarError('pipeline-failed', {
      message: `The server answered ${source.status} instead of a stream. Look at its log.`,
      retryable: source.status === 429 || source.status >= 500,
      context: { status: source.status },
    });
  }
  const reader = (source instanceof Response ? source.body : source)?.getReader();
  if (!reader) return;
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      finished = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!finished) reader.cancel().catch(() => undefined);
  }
}
