/**
 * An ESLint rule: `as` overrules the compiler, so the code says why, in a comment on its line or the one above.
 * `as const` overrules nothing.
 * @type {import('eslint').Rule.RuleModule}
 */
export const reasonedAssertion = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { unreasoned: 'Say in a comment on this line, or above it, why the compiler may be overruled here; or parse the value.' },
  },
  create(context) {
    const { sourceCode } = context;
    const commentedLines = new Set(
      sourceCode.getAllComments().flatMap(({ loc }) => (loc ? [loc.start.line, loc.end.line, loc.end.line + 1] : [])),
    );
    return {
      /** @param {import('eslint').Rule.Node} node */
      TSAsExpression(node) {
        if (/\bas const$/.test(sourceCode.getText(node))) return;
        const { loc } = node;
        if (loc && !commentedLines.has(loc.start.line) && !commentedLines.has(loc.end.line)) {
          context.report({ node, messageId: 'unreasoned' });
        }
      },
    };
  },
};
