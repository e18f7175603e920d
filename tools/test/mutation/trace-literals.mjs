/** Methods of what listens to a computation: whatever they are given is told, not computed. */
const isRecorder = (/** @type {any} */ callee) =>
  (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') &&
  (callee.object.name === 'recorder' || callee.object.property?.name === 'recorder');

const isTold = (/** @type {any} */ path) =>
  (path.parentPath?.isCallExpression() || path.parentPath?.isOptionalCallExpression()) &&
  path.listKey === 'arguments' &&
  isRecorder(path.parent.callee);

/** Leaves the literals of a trace unmutated: specs of explanations compare what they say, line by line, elsewhere. */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'trace-literals',
    value: {
      shouldIgnore: (/** @type {any} */ path) =>
        path.isObjectExpression() && isTold(path) ? 'A literal of a trace' : undefined,
    },
  },
];
