export { testDatabase, testRedis, type TestDatabase } from './database';
export { expectBooksBalanced } from './books';
export { aTown, type Town } from './town';
