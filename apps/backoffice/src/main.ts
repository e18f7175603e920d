import { bootstrapApplication } from '@angular/platform-browser';
import { Backoffice } from './app/backoffice';
import { config } from './app/backoffice.config';

bootstrapApplication(Backoffice, config).catch((failure: unknown) => console.error(failure));
