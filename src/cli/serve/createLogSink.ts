/** What of a stream is used. */
export interface LogStream {
  on(type: 'error', listener: () => void): unknown;
  write(text: string, done: (error?: Error | null) => void): unknown;
}

/**
 * Writes lines to a stream that may fail, as standard error does when its disk is full or whoever read it is gone. A line that cannot be
 * written is lost and the process goes on: nobody's conversation ends because nobody can read about it. As soon as lines can be
 * written again, the first says how many were not.
 *
 * @param describeGap the line that says so.
 */
export function createLogSink(stream: LogStream, describeGap: (lostLines: number) => string): (line: string) => void {
  let lostLines = 0;
  // Each write is told of its own failure; without a listener the stream would end the process with it.
  stream.on('error', () => undefined);

  function write(text: string, lines: number): void {
    stream.write(text, (error) => {
      if (error) lostLines += lines;
    });
  }

  return (line) => {
    if (lostLines > 0) {
      const lines = lostLines;
      lostLines = 0;
      write(describeGap(lines), lines);
    }
    write(line, 1);
  };
}
