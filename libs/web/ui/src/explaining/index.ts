export { ExplainedLines } from './explained-lines';
export { expressionText } from './explained-nodes';
export { Explanation } from './explanation';
