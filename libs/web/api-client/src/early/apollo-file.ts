/** Apollo's file. An entry fetches it at once where its first page asks more than was asked early. */
export const apolloFile = () => import('../apollo');
