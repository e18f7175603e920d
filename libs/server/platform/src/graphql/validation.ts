import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';

/**
 * Checks what came against the decorators of its class. What was left out stays left out: whether it may be is the
 * schema's to say, and Nest would check an empty object in its place.
 */
@Injectable()
export class Validation extends ValidationPipe {
  constructor() {
    super({ transform: true, forbidUnknownValues: false });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return value === undefined || value === null ? value : super.transform(value, metadata);
  }
}
