import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import Custom from 'passport-custom';
import { type KnownKey, KeysService } from '../keys/keys.service';

/** Who a machine is: by the key in `authorization: Bearer kv_…`. */
@Injectable()
export class KeyStrategy extends PassportStrategy(Custom, 'kvartal-key') {
  constructor(private readonly keys: KeysService) {
    super();
  }

  async validate(request: Request): Promise<KnownKey | false> {
    const [, secret = ''] = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '') ?? [];
    return (await this.keys.find(secret)) ?? false;
  }
}
