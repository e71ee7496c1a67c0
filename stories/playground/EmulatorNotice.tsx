import type { ReactElement } from 'react';

/** How to start what a live story needs. */
export function EmulatorNotice({ emulatorUrl }: { readonly emulatorUrl: string }): ReactElement {
  return (
    <section className="card notice" role="status">
      <h2>The emulator is not running</h2>
      <p>
        Nothing answers at <code>{emulatorUrl}</code>. This command starts the emulator, the server and this page together:
      </p>
      {/* A region that can scroll has to be reachable by keyboard. */}
      <pre tabIndex={0}>npm start</pre>
    </section>
  );
}
