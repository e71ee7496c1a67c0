/**
 * Makes a reader of `text/event-stream`, cut anywhere.
 * @returns takes the next text and gives the data of the events that it completed; several `data` lines of an event are one, with line feeds.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventStreamReader(): (text: string) => string[] {
  let line = '';
  let data: string[] = [];
  let afterReturn = false;

  return (text) => {
    const events: string[] = [];
    for (const character of text) {
      // CR LF is one end of line, also when the two arrive apart.
      const ends = character === '\r' || (character === '\n' && !afterReturn);
      const skipped = character === '\n' && afterReturn;
      afterReturn = character === '\r';
      if (skipped) continue;
      if (!ends) {
        line += character;
        continue;
      }
      if (line === '') {
        if (data.length > 0) events.push(data.join('\n'));
        data = [];
      } else if (line === 'data') {
        data.push('');
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
      line = '';
    }
    return events;
  };
}
