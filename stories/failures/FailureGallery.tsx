import { useDeferredValue, useState, type ReactElement } from 'react';
import { defaultLabels, failureGroup, type AvatarError } from '../../src/index.js';
import { everySampleError } from '../support/sampleErrors.js';
import { failureAdvice } from './failureAdvice.js';
import { FailureEntry } from './FailureEntry.js';
import './failures.css';

const errors = everySampleError();

/** Every way in which a session can fail: what the page shows, and who can do what about it. */
export function FailureGallery(): ReactElement {
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim().toLowerCase());
  const found = errors.filter((error) => textOf(error).includes(wanted));
  return (
    <main className="failures">
      <header className="failures-head">
        <h1>When it fails</h1>
        <p>
          Every failure is an <code>AvatarError</code> with one of {errors.length} reasons. The set is closed: a <code>switch</code> over it can be exhaustive. What a
          person sees is worded by kind, not by reason.
        </p>
        <div className="failures-search" role="search">
          <label htmlFor="failures-words">Search by reason, message or remedy</label>
          <input id="failures-words" type="search" value={words} onChange={(event) => setWords(event.target.value)} autoComplete="off" spellCheck={false} />
          <output>{found.length === errors.length ? `All ${errors.length} reasons` : `${found.length} of ${errors.length} reasons`}</output>
        </div>
      </header>
      {found.length === 0 ? (
        <p className="failures-none">No reason has these words. Try the first word of the message, or “microphone”, “key”, “network”.</p>
      ) : (
        <ul className="failures-list">
          {found.map((error) => (
            <FailureEntry key={error.reason} error={error} />
          ))}
        </ul>
      )}
    </main>
  );
}

function textOf({ reason, message }: AvatarError): string {
  const { when, user, developer } = failureAdvice[reason];
  return [reason, message, defaultLabels.failure[failureGroup(reason)], when, user, developer].join(' ').toLowerCase();
}
