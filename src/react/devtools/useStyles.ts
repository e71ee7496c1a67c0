import { useLayoutEffect, type RefObject } from 'react';

/**
 * Gives rules to the document, or the shadow tree, that an element is in, for as long as it is there. A sheet made by script needs no
 * `style-src 'unsafe-inline'`. A browser that knows none (Safari before 16.4) shows the parts without their look.
 *
 * @param element must be mounted with the component
 * @param text a whole stylesheet; must be the same at each render
 */
export function useStyles(element: RefObject<Element | null>, text: string): void {
  useLayoutEffect(() => {
    const root = element.current?.getRootNode();
    if (!(root instanceof Document || root instanceof ShadowRoot) || !('adoptedStyleSheets' in root)) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [element, text]);
}
