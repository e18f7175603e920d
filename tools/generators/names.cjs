/** `paid-services` → { name, className: 'PaidServices', constantName: 'PAID_SERVICES' } */
exports.namesOf = (name) => ({
  name,
  className: name.replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase()),
  constantName: name.replaceAll('-', '_').toUpperCase(),
  tmpl: '',
});
