import type { ApplicationRef } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { Early, Place } from '@kvartal/api-client/early';
import { Cabinet } from './cabinet';
import { configOf } from './cabinet.config';

export const bootstrap = (place: Place, early: Early): Promise<ApplicationRef> =>
  bootstrapApplication(Cabinet, configOf(place, early));
