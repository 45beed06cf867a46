export { createRegister, registerPaths, type Register, type RegisterOptions } from './register.js';
export { FolderInUse, NoLockHere } from './database/folder-lock.js';
export { DatabaseUnavailable, type Database, type Queries } from './database/database.js';
export { openDatabase, type Place } from './database/open.js';
export { defaultRetention, type Retention } from './keeping.js';
export { nationalWindows, pg9Windows, planTypes, type Windows } from './plans.js';
export type { Access, LocalAuthority, Person, Plan, Practitioner, Records } from './records.js';
export { users, type User } from './users.js';
