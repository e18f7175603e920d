export { apolloFile } from './apollo-file';
export { Early } from './early';
export { placeOf, type Place } from './place';
