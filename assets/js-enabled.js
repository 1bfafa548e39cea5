// Runs before the page is drawn, so that nothing moves when scripts take over.
document.body.className += ' js-enabled' +
  ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '')
