import './request.enums';
import { Module } from '@nestjs/common';
@Module({})
export class RequestsApi {}
@Module({})
export class RequestsWorker {}
export const REQUEST_CREATED = 'RequestCreated';
export const REQUEST_CHANGED = 'RequestChanged';
