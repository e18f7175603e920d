import type { ApplicationRef } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { Early, Place } from '@kvartal/api-client/early';
import { Backoffice } from './backoffice';
import { configOf } from './backoffice.config';

export const bootstrap = (place: Place, early: Early): Promise<ApplicationRef> =>
  bootstrapApplication(Backoffice, configOf(place, early));
