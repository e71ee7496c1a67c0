import { useState, type ReactElement } from 'react';
import { useAvatarSession, type Speech, type SpeakOptions } from '../../src/index.js';
import recordingUrl from '../../test/fixtures/face-speech.wav?url';
import { useOutcome } from './useOutcome.js';

const SENTENCES = ['Hello! Nice to see you.', 'One, two, three, four, five, six, seven.', 'This is a longer sentence, so that there is time to press the button that makes me stop in the middle of it.'];

/** Makes the avatar say things: text, a recording, or a file. */
export function SayPanel(): ReactElement {
  const [text, setText] = useState('');
  const { speak, interrupt, speaking } = useAvatarSession(({ speak, interrupt, speaking }) => ({ speak, interrupt, speaking }));
  const { message, attempt, clear } = useOutcome();
  const change = (next: string): void => {
    clear();
    setText(next);
  };
  const say = (what: string, speech: () => Promise<Speech>, options?: SpeakOptions): void =>
    attempt(async () => {
      const { interrupted, sentMs } = await speak(await speech(), options);
      return `${what}: ${interrupted ? 'cut short' : 'said'}${sentMs === null ? '' : `, ${(sentMs / 1_000).toFixed(1)} s of sound sent`}.`;
    });
  const sayText = (sentence: string): void => say('Text', async () => sentence);

  return (
    <section className="card" aria-labelledby="say">
      <h2 id="say">Let it say something</h2>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') sayText(text);
        }}
      >
        <label htmlFor="say-text">Text</label>
        <div className="ask-line">
          <input id="say-text" value={text} onChange={(event) => change(event.target.value)} autoComplete="off" />
          <button type="submit">Say it</button>
        </div>
      </form>
      <div className="faults">
        {SENTENCES.map((sentence) => (
          <button key={sentence} type="button" onClick={() => sayText(sentence)}>
            {sentence.length > 28 ? `${sentence.slice(0, 26).trimEnd()} …` : sentence}
          </button>
        ))}
        <button type="button" onClick={() => say('Recording', async () => (await fetch(recordingUrl)).blob())}>
          A recorded voice
        </button>
        <button type="button" disabled={!speaking} onClick={() => void interrupt()}>
          Stop
        </button>
      </div>
      <div className="ask">
        <label htmlFor="say-file">A sound file of yours</label>
        <input
          id="say-file"
          type="file"
          accept="audio/*"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) say(file.name, async () => file);
            // The same file again is a change as well.
            target.value = '';
          }}
        />
      </div>
      <p>Text is spoken by a small synthesiser in this page, which has the rhythm of words but not their sound. Your own takes its place in pipeline().</p>
      <p role="status">{message}</p>
    </section>
  );
}
