export { NotificationsWorker } from './notifications.module';
