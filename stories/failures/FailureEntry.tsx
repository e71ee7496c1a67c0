import { useState, type ReactElement } from 'react';
import { Avatar, defaultLabels, failureGroup, type AvatarError } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { failureAdvice } from './failureAdvice.js';

/** One reason: the avatar as it shows it, and what is to be done. */
export function FailureEntry({ error }: { readonly error: AvatarError }): ReactElement {
  const [session] = useState(() => createScriptedSession({ state: { status: 'failed', error } }));
  const { when, user, developer } = failureAdvice[error.reason];
  const group = failureGroup(error.reason);
  return (
    <li className="failures-entry" aria-labelledby={`reason-${error.reason}`}>
      <div className="failures-look">
        <Avatar session={session} labels={{ avatar: `Avatar that failed: ${error.reason}` }} />
      </div>
      <div className="failures-words">
        <h2 id={`reason-${error.reason}`}>
          <code>{error.reason}</code>
        </h2>
        <p className="failures-tags">
          <span>{defaultLabels.failure[group]}</span>
          <span>{error.retryable ? 'retryable' : 'not retryable'}</span>
        </p>
        <p>{when}</p>
        <dl>
          <dt>The user</dt>
          <dd>{user ?? 'Can do nothing; says it to whoever runs the page.'}</dd>
          <dt>The developer</dt>
          <dd>{developer}</dd>
        </dl>
      </div>
    </li>
  );
}
