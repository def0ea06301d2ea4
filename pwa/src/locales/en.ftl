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

## App
app-skip = Skip to content
app-places = Places
app-home = Home
app-search = Search
app-cart = Cart
app-orders = Orders
app-you = You
app-cart-count = { $count ->
    [one] { $count } line
   *[other] { $count } lines
  } in the cart
app-orders-moved = Something moved
app-needs-you = { $count ->
    [one] { $count } change needs you
   *[other] { $count } changes need you
  }
app-not-found = Nothing at this address
app-not-found-text = The link may be old. Your cart and orders are where they were.
app-to-home = To the shops
app-line-offline = { $waiting ->
    [0] Offline. Your cart still works
    [one] Offline. { $waiting } change saved on this phone
   *[other] Offline. { $waiting } changes saved on this phone
  }
app-line-sending = Sending…
app-line-sent = All sent
app-line-busy = { $waiting ->
    [one] The shop is busy. { $waiting } change is safe here
   *[other] The shop is busy. { $waiting } changes are safe here
  }
app-line-stuck = { $waiting ->
    [one] { $waiting } change cannot be sent. It is safe here
   *[other] { $waiting } changes cannot be sent. They are safe here
  }
app-line-sign-in = Log in to send the rest
app-line-upgrade = Update the app to go on sending
app-restored = Everything is back on this phone
app-update = A new version is ready
app-update-now = Update

## Cart
cart-title = Cart
cart-maker-unknown = Maker not known yet
cart-goods-of = { $count ->
    [one] Goods, { $count } line
   *[other] Goods, { $count } lines
  }
cart-checkout = Checkout
cart-order-later = Order when I’m back online
cart-queued = An order waits to be placed. Look at it
cart-empty = Your cart is empty
cart-empty-text = What you put in is kept on this phone at once, with or without a network.
cart-empty-shops = Find a maker
cart-empty-wishlist = To the wishlist
cart-a-piece = { $price } a piece
cart-price-later = Price when back online
cart-quantity = Pieces of { $title }
cart-remove = Remove { $title }
cart-removed = { $title } removed
cart-to-wishlist = Move { $title } to the wishlist
cart-moved-to-wishlist = { $title } moved to the wishlist
cart-make-it = Make it { $quantity }
cart-answer-later = Stock and price follow when you are back online
cart-answer-unlisted = No longer sold. Remove it to check out
cart-answer-minimum = Sold from { $minimum } pieces
cart-answer-steps = Comes in packs of { $step }
cart-answer-maximum = At most { $maximum } in one order
cart-answer-sold-out = { $available ->
    [0] Sold out just now
    [one] Only { $available } left, too few to order
   *[other] Only { $available } left, too few to order
  }
cart-answer-short = { $available } now, { $missing } more not in stock yet
cart-answer-fell = Price fell to { $price }, from { $before }
cart-answer-rose = Price rose to { $price }, from { $before }
cart-answer-tier = { $more } more and each costs { $price }
cart-sums = Sums
cart-goods = Goods
cart-freight = Freight
cart-freight-to = Freight to { $country }
cart-duty = Duty
cart-tax = Tax
cart-total = Total
cart-at-checkout = At checkout
cart-duty-tax-unknown = Duty and tax are not calculated yet.

## Sync
sync-title = Changes on this phone
sync-state-waiting = Waiting on this phone
sync-state-sent = Sent
sync-state-confirmed = Confirmed
sync-state-needs-you = Needs you
sync-empty = Nothing is waiting
sync-empty-text = Each change you make shows here until the shop has confirmed it.
sync-needs-you = For you to look at
sync-on-this-phone = On the way
sync-confirmed = Confirmed
sync-as-of = As of { $when }
sync-now = Send now
sync-export = Save as a file
sync-export-text = All changes this phone keeps, as JSON, without any password.
sync-dismiss = Got it
sync-action-keep = Keep them
sync-action-remove = Remove them
sync-merged = { $kept ->
    [one] Another of your phones had added { $kept } piece that this one had not seen. It was kept.
   *[other] Another of your phones had added { $kept } pieces that this one had not seen. They were kept.
  }
sync-merged-remove = { $kept ->
    [one] You removed this, but another of your phones had added { $kept } piece. It was kept.
   *[other] You removed this, but another of your phones had added { $kept } pieces. They were kept.
  }
sync-superseded = Another of your phones changed this later. Its number stands.
sync-superseded-too-old = This was too long ago to change what came after.
sync-moved = The cart was ordered meanwhile. This went into your new cart.
sync-working = Your order is being placed.
sync-applied = Done.
sync-why-old = This is more than 90 days old. Do it again if you still want it.
sync-why-sign-in = Log in, then do this again.
sync-why-cart-ordered = The cart was ordered before this arrived. Nothing in the order changed.
sync-why-price-changed = The price went above what you had agreed to. Nothing was charged.
sync-why-stock = Not enough is in stock. Nothing was charged.
sync-why-authenticate = Your bank wants to hear from you. Nothing was charged yet.
sync-why-declined = The payment was declined. Nothing was charged.
sync-why-quote-expired = The offer had run out. Nothing was charged.
sync-why-cart-changed = The cart had changed. Nothing was ordered or charged.
sync-why-closed = The shop no longer sells this. Nothing was charged.
sync-why-unknown-kind = The shop does not know this kind of change.
sync-why-unknown-line = This is not sold any more.
sync-why-unknown-cart = This cart is not known any more.
sync-why-too-late = The order was already being placed.
sync-why-too-many-lines = A cart holds at most 500 lines.
sync-why-other = The shop did not accept this ({ $why }).
sync-op-cart-add = { $less ->
    [yes] { $quantity } fewer of { $thing }
   *[no] { $quantity } more of { $thing }
  }
sync-op-cart-set = { $quantity } of { $thing }
sync-op-cart-remove = { $thing } removed
sync-op-cart-note = Note on { $thing }
sync-op-wishlist-put = { $thing } put on the wishlist
sync-op-wishlist-remove = { $thing } taken off the wishlist
sync-op-address-put = Address kept
sync-op-address-remove = Address removed
sync-op-prefs-set = Setting changed
sync-op-message-send = Message
sync-op-checkout-place = Order to be placed
sync-op-checkout-withdraw = Order withdrawn
sync-op-outcome-dismiss = Notice read
sync-op-other = Change ({ $kind })
sync-op-other-phone = A change from another phone
