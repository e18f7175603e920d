import { InjectionToken } from '@angular/core';
import type { Place } from './early/place';

export const PLACE = new InjectionToken<Place>('place');
