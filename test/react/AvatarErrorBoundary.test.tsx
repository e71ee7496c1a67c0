import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode, useState, type ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AvatarError, AvatarErrorBoundary, AvatarProvider, defaultLabels, useAvatarErrorBoundary } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

// React prints what a boundary catches; that is not what is tested here.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const broken = new AvatarError('invalid-options', { message: 'This cannot be.' });

function Part({ error }: { readonly error: Error | null }): ReactElement {
  if (error !== null) throw error;
  return <p>All is well.</p>;
}

describe('AvatarErrorBoundary', () => {
  it('keeps a crash from its surroundings and says what an AvatarError says', () => {
    const onError = vi.fn();
    render(
      <StrictMode>
        <p>The page</p>
        <AvatarErrorBoundary onError={onError}><Part error={broken} /></AvatarErrorBoundary>
      </StrictMode>,
    );

    expect(screen.getByText('The page')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toBe(`${defaultLabels.crash}${defaultLabels.failureMessage['invalid-options']}`);
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toBe(broken);
  });

  it('shows nobody the message of an error that was not written for people', () => {
    render(<AvatarErrorBoundary><Part error={new TypeError('x is undefined')} /></AvatarErrorBoundary>);

    expect(document.body.textContent).not.toContain('undefined');
    expect(screen.getByRole('alert').textContent).toContain(defaultLabels.crashMessage);
  });

  it('says it in the words of the provider around it, or in its own', () => {
    render(
      <AvatarProvider session={createScriptedSession()} labels={{ crash: 'Kaputt', retry: 'Nochmal' }}>
        <AvatarErrorBoundary labels={{ retry: 'Neu' }}><Part error={broken} /></AvatarErrorBoundary>
      </AvatarProvider>,
    );

    expect(screen.getByRole('alert').textContent).toContain('Kaputt');
    expect(screen.getByRole('button', { name: 'Neu' })).toBeTruthy();
  });

  it('tries again when asked to', async () => {
    let error: Error | null = broken;
    const onReset = vi.fn(() => (error = null));
    const Fickle = (): ReactElement => <Part error={error} />;
    render(<AvatarErrorBoundary onReset={onReset}><Fickle /></AvatarErrorBoundary>);
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.retry }));

    expect(screen.getByText('All is well.')).toBeTruthy();
    expect(onReset).toHaveBeenCalledOnce();
  });

  it('tries again when a key changes, and not because the key that came with the crash is new', () => {
    const ui = (id: number, error: Error | null): ReactElement => <AvatarErrorBoundary resetKeys={[id]}><Part error={error} /></AvatarErrorBoundary>;
    const { rerender } = render(ui(1, null));
    rerender(ui(2, broken));
    expect(screen.getByRole('alert')).toBeTruthy();
    rerender(ui(2, null));
    expect(screen.getByRole('alert')).toBeTruthy();
    rerender(ui(3, null));
    expect(screen.getByText('All is well.')).toBeTruthy();
  });

  it('takes errors of event handlers, and an own fallback', async () => {
    function Loader(): ReactElement {
      const { show } = useAvatarErrorBoundary();
      const [label] = useState('Load');
      return <button type="button" onClick={() => show(broken)}>{label}</button>;
    }
    render(
      <AvatarErrorBoundary fallback={({ error, reset }) => <button type="button" onClick={reset}>{error === broken ? 'Back' : 'Lost'}</button>}>
        <Loader />
      </AvatarErrorBoundary>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Load' }));
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));

    expect(screen.getByRole('button', { name: 'Load' })).toBeTruthy();
  });
});
