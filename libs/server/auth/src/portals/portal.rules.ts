/** How people come in by a portal: its settings, with the default where it says nothing. */
export interface PortalRules {
  loginMaxLength: number;
  passwordMin: number;
  passwordMax: number;
  /** Symbols a password may have beside letters and digits; undefined where any will do. */
  passwordSymbols: string | undefined;
  /** A picture on every registration; else only where many come from one address. */
  captchaOnRegistration: boolean;
  maxAccountsPerEmail: number;
}

export interface PortalSettings {
  login?: { maxLength?: number };
  password?: { min?: number; max?: number; symbols?: string };
  captcha?: { registration?: 'always' | 'on_suspicion' };
  maxAccountsPerEmail?: number;
}

export function portalRules({
  login,
  password,
  captcha,
  maxAccountsPerEmail = 10,
}: PortalSettings): PortalRules {
  return {
    loginMaxLength: login?.maxLength ?? 30,
    passwordMin: password?.min ?? 8,
    passwordMax: password?.max ?? 64,
    passwordSymbols: password?.symbols,
    captchaOnRegistration: captcha?.registration === 'always',
    maxAccountsPerEmail,
  };
}
