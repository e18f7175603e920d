import { bootstrapApplication } from '@angular/platform-browser';
import { Cabinet } from './app/cabinet';
import { config } from './app/cabinet.config';

bootstrapApplication(Cabinet, config).catch((failure: unknown) => reportError(failure));
