export { createRegisterService } from './register-service.js';
