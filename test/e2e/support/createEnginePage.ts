import { setTimeout as delay } from 'node:timers/promises';
import type { EngineBrowser, EnginePage } from '../../../scripts/engines/EngineBrowser.js';

interface WaitOptions {
  readonly timeout?: number;
  readonly polling?: number;
}

interface RoleOptions {
  readonly name?: string | RegExp;
}

/** Elements with a role that these tests look for. */
const SELECTORS: Readonly<Record<string, string>> = { button: 'button, [role="button"]', alert: '[role="alert"]', status: '[role="status"], output' };
const WAIT_MS = 30_000;

/** A tab of an engine with those members of Playwright's page that the tests use. */
export function createEnginePage(browser: EngineBrowser) {
  const listeners = new Map<string, ((event: never) => void)[]>();
  let page: EnginePage | null = null;
  let closed = false;

  function emit(type: string, event: unknown): void {
    for (const listener of listeners.get(type) ?? []) listener(event as never); // each listens to a shape of its own
  }

  function opened(): EnginePage {
    if (!page) throw new Error('The page was not opened.');
    return page;
  }

  const evaluate = (read: (argument: never) => unknown, argument?: unknown) => opened().evaluate(`(${read.toString()})(${JSON.stringify(argument)})`);

  /** In the page, so that nothing between two looks is missed. */
  async function waitForFunction(condition: (argument: never) => unknown, argument: unknown = null, { timeout = WAIT_MS, polling = 50 }: WaitOptions = {}): Promise<void> {
    const met = await opened().evaluate(`(async () => {
      const endMs = performance.now() + ${timeout};
      while (!(await (${condition.toString()})(${JSON.stringify(argument)}))) {
        if (performance.now() > endMs) return false;
        await new Promise((resolve) => setTimeout(resolve, ${polling}));
      }
      return true;
    })()`);
    if (met !== true) throw new Error(`Not true within ${timeout} ms: ${condition.toString()}`);
  }

  /** What is there now of the elements that fit: text, and the middle where it can be clicked. */
  async function look(selector: string, name?: string | RegExp) {
    const pattern = typeof name === 'string' ? { text: name } : name && { source: name.source, flags: name.flags };
    const found = await opened().evaluate(`((selector, name) => {
      const fits = (text) => !name || ('text' in name ? text.toLowerCase().includes(name.text.toLowerCase()) : new RegExp(name.source, name.flags).test(text));
      return [...document.querySelectorAll(selector)]
        .filter((element) => fits(element.getAttribute('aria-label') ?? element.textContent ?? ''))
        .map((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return { text: element.textContent, x: left + width / 2, y: top + height / 2, visible: width > 0 && height > 0, enabled: !element.disabled };
        });
    })(${JSON.stringify(selector)}, ${JSON.stringify(pattern)})`);
    return found as { text: string; x: number; y: number; visible: boolean; enabled: boolean }[]; // made by the line above
  }

  function locate(selector: string, name?: string | RegExp) {
    async function first() {
      for (let leftMs = WAIT_MS; leftMs > 0; leftMs -= 50) {
        const element = (await look(selector, name))[0];
        if (element?.visible && element.enabled) return element;
        await delay(50);
      }
      throw new Error(`There is no ${selector} ${String(name ?? '')} on the page.`);
    }
    return {
      async click() {
        const { x, y } = await first();
        await opened().press(x, y);
      },
      textContent: async () => (await first()).text,
      isVisible: async () => (await look(selector, name))[0]?.visible ?? false,
      count: async () => (await look(selector, name)).length,
    };
  }

  return {
    on(type: string, listener: (event: never) => void) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
    async goto(url: string) {
      page = await browser.open(url, {
        onProblem: (text) => emit('console', { type: () => 'error', text: () => text }),
        onTraffic: (text) => emit('response', { headers: () => ({}), text: async () => text }),
      });
    },
    evaluate,
    waitForFunction,
    waitForSelector: (selector: string, options?: WaitOptions) => waitForFunction((wanted: string) => document.querySelector(wanted) !== null, selector, options),
    waitForTimeout: (durationMs: number) => delay(durationMs),
    getByRole: (role: string, { name }: RoleOptions = {}) => locate(SELECTORS[role] ?? `[role="${role}"]`, name),
    locator: (selector: string) => locate(selector),
    async close() {
      if (!closed) await opened().close();
      closed = true;
    },
  };
}
