import type { Browser } from 'playwright';

/** A page that is spoken to in Chromium's own protocol. */
export interface BarePage {
  /** @param expression JavaScript; its value has to be JSON. */
  evaluate(expression: string): Promise<unknown>;
  send(method: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Opens a page in a browser context that Playwright does not know of: each of its own pages it keeps focused and visible, and such a page
 * takes no notice of being frozen.
 */
export async function openBarePage(browser: Browser, url: string): Promise<BarePage> {
  const devtools = await browser.newBrowserCDPSession();
  const { browserContextId } = await devtools.send('Target.createBrowserContext');
  // Also for WebRTC: a page without the microphone hides its addresses behind names that not every machine resolves.
  await devtools.send('Browser.grantPermissions', { permissions: ['audioCapture'], browserContextId });
  const { targetId } = await devtools.send('Target.createTarget', { url, browserContextId });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer; // written by Chromium
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });

  function send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
      devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) }).catch(reject);
    });
  }

  return {
    send,
    async evaluate(expression) {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })) as Evaluation; // as the protocol has it
      if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
      return result.value;
    },
    async close() {
      await devtools.send('Target.disposeBrowserContext', { browserContextId });
      await devtools.detach();
    },
  };
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluation {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}
