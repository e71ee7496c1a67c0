import { AvatarError } from '../../errors/AvatarError.js';

/** No event of a language model is nearly as long; what never ends must not fill the page. */
const MAX_EVENT_CHARS = 1_048_576;

/**
 * Makes a reader of `text/event-stream`, cut anywhere.
 * @returns takes the next text and gives the data of the events that it completed; several `data` lines of an event are one, with line feeds.
 * @throws AvatarError `pipeline-failed` for an event of more than a million characters.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventStreamReader(): (text: string) => string[] {
  let line = '';
  let data: string[] = [];
  let heldChars = 0;
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
        heldChars += character.length;
        if (heldChars > MAX_EVENT_CHARS) throw new AvatarError('pipeline-failed', { message: `An event of the stream has more than ${MAX_EVENT_CHARS} characters. Is it a text/event-stream?`, retryable: false });
        continue;
      }
      if (line === '') {
        if (data.length > 0) events.push(data.join('\n'));
        data = [];
        heldChars = 0;
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
