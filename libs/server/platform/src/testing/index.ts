export { testDatabase, testRedis, type TestDatabase } from './database';
export { expectBooksBalanced } from './books';
export { aColleague, aMachine, aResident, linked } from './people';
export { TOWN_MONTH, aTown, type Town } from './town';
export { underTest, type UnderTest } from './under-test';
