export { Early } from './early';
export { placeOf, type Place } from './place';
