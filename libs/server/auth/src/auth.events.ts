/** Somebody began to register and waits for a link: `{ userId }`. Also told when the link is asked for again. */
export const USER_REGISTERED = 'UserRegistered';
/** Somebody tried to register with an address that has an owner, who should hear of it: `{ userId }`. */
export const EMAIL_TAKEN = 'EmailTaken';
/** A person asked for a link to set a new password: `{ userId }`. */
export const RECOVERY_REQUESTED = 'RecoveryRequested';
/** A person's password is another one now, and all sessions have ended: `{ userId }`. */
export const PASSWORD_CHANGED = 'PasswordChanged';
