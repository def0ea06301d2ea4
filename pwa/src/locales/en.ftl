## Ui
ui-less = { $step } fewer
ui-more = { $step } more
ui-undo = Undo
ui-close = Close
ui-back = Back
ui-loading = Loading
ui-retry = Try again
ui-save = Save
ui-cancel = Cancel
ui-offline-title = No connection
ui-offline-text = Your cart and orders are safe on this phone. Try again when you are back online.
ui-error-title = The server does not answer
ui-error-text = Nothing is lost. Try again in a moment.
