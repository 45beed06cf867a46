export { createRegister, type Register, type RegisterOptions } from './register.js';
export { openDatabase, type Database, type Queries } from './database/database.js';
export { pg9Windows, planTypes, type Windows } from './plans.js';
export type { Access, LocalAuthority, Person, Plan, Practitioner, Records } from './records.js';
export { users, type User } from './users.js';
