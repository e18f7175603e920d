// What the launcher and the tests stand on: servers and programs, started or found the same way by both.
export { findHeadless, findPoppler, findRedis } from './find.mjs';
export { freePort, portNear } from './ports.mjs';
export { copyPostgresData, endPostgresOn, removePostgresData, startPostgres } from './postgres.mjs';
export { endRedisOn, startRedis } from './redis.mjs';
