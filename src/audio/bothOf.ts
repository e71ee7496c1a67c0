/** A stream that nothing can read is given back: the browser would go on showing that it records. */
export async function bothOf<Part>(asking: Promise<MediaStream>, loading: Promise<Part>): Promise<readonly [MediaStream, Part]> {
  try {
    return await Promise.all([asking, loading]);
  } catch (cause) {
    void asking.then((stream) => stream.getTracks().forEach((track) => track.stop())).catch(() => undefined); // refused: `cause` says so
    throw cause;
  }
}
