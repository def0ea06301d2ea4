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
ui-share = Share
ui-copied = Copied
ui-gone-title = This is not here any more
ui-gone-text = It may have been taken down, or the link is cut off.
ui-gone-search = Search the market

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
app-line-full = This phone is full. Free some space
app-unkept-full = Not saved: this phone is full. Everything before is safe. Free some space and tap again.
app-unkept = Not saved on this phone. Everything before is safe. Tap again.
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

## Home
home-lead = Small batches from makers abroad, with every cost told before you tap.
home-search = Search makers and products
home-shops = Niche shops
home-products = New in the market
home-on-its-way = On its way
home-others-on-the-way = { $count ->
    [one] { $count } more order on its way
   *[other] { $count } more orders on their way
  }
home-reorder = Order again
home-last-time = { $count ->
    [one] { $count } last time
   *[other] { $count } last time
  }

## Catalogue
catalog-from = from { $count }
catalog-products = { $count ->
    [one] { $count } product
   *[other] { $count } products
  }
search-title = Search
search-placeholder = Tea, lamp, notebook…
search-filter = Filter
search-sort = Sort by
search-sort-relevance = Best match
search-sort-newest = Newest
search-sort-price-asc = Lowest price
search-sort-price-desc = Highest price
search-by-category = Kind
search-by-origin = Made in
search-by-shop = Maker
search-show = Show products
search-count = { $count ->
    [0] No products
    [one] { $count } product
   *[other] { $count } products
  }
search-many = { $count ->
    [one] The first product
   *[other] The first { $count } products
  }
search-offline = { $count ->
    [0] No connection. Nothing kept on this phone matches
    [one] No connection. { $count } product kept on this phone
   *[other] No connection. { $count } products kept on this phone
  }
search-none = Nothing for “{ $query }”
search-none-filter = Nothing here
search-none-text = Try another word, or take a filter away.
search-none-offline = This phone keeps the shops you have visited. Search again when you are back online.
search-all = Show everything
search-more = Show more
search-more-failed = The next products did not come. Try again.
shop-title = Shop
shop-founded = Since { $year }
shop-story = The maker’s story
shop-empty = Nothing here just now
shop-offline = No connection. These are the products kept on this phone.
wishlist-title = Wishlist
wishlist-empty-title = Nothing on the wishlist
wishlist-empty-text = Tap the heart on a product to keep it here. It works offline too.
wishlist-browse = Look around
wishlist-removed = Taken off the wishlist
wishlist-remove = Take { $title } off the wishlist

## Product
product-title = Product
product-wish = Keep on the wishlist
product-kept = No connection. Prices as of { $when }.
product-tiers = Price by quantity
product-tier = from { $count }
product-at-door = A piece at your door
product-at-door-about = A piece at your door, about
product-door = { $price } a piece at the door
product-door-about = about { $price } a piece at the door
product-quantity = Quantity
product-pieces = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
  }
product-rule = { $step ->
    [1] Sold from { $minimum } pieces.
   *[other] Sold from { $minimum } pieces, then in packs of { $step }.
  }
ships-from-day = Ships from { $day }
product-in-stock = { $available } ready to leave { $place }
product-short-stock = Only { $available } ready in { $place }.
product-sold-out = Sold out for now
product-goods = Goods, before freight
product-in-cart = { $count ->
    [one] { $count } in your cart
   *[other] { $count } in your cart
  }
product-add = Add { $count } to cart
product-added = { $count ->
    [one] { $count } piece added to the cart
   *[other] { $count } pieces added to the cart
  }
product-facts = Origin and details
product-origin = Made in
product-options = Variant
product-weight = Weight a piece
product-packs = Pack
product-code = Customs code
product-code-none = Not known yet
product-number = Number
product-rate = Exchange rate
product-safety = Safety
product-manufacturer = Manufacturer
product-address = Contact
product-warnings = Warnings
product-warnings-none = None given

## Landed cost
landed-title = To your door in { $country }
landed-where = Where does it go?
landed-change = Change
landed-choose = Choose
landed-country = Country
landed-currency = Currency
landed-piece = A piece, at your door
landed-piece-about = A piece at your door, about
landed-piece-part = A piece, without duty and tax
landed-piece-goods = A piece, goods alone
landed-part-goods = Goods
landed-part-freight = Freight
landed-part-duty = Duty
landed-part-tax = Tax
landed-part-fees = Fees
landed-times = { $count } × { $price }
landed-not-known = not known
landed-at-door = at the door
landed-range = between { $low } and { $high }
landed-waiting-asking = asking…
landed-waiting-offline = later
landed-waiting-nowhere = where to?
landed-waiting-failed = not known
landed-waiting-known = not known
landed-sum = Total
landed-sum-about = Total, about
landed-total = Total to your door
landed-total-about = Total to your door, about
landed-total-now = You pay now
landed-total-now-about = You pay now, about
landed-total-without = Total, without duty and tax
landed-total-goods = Goods
landed-door-nothing = Nothing more to pay at the door.
landed-door-asks = About { $amount } will be asked at the door.
landed-door-unknown = What the door will ask is not known.
landed-estimate = A rule behind this is an estimate. What you pay now is fixed at checkout.
landed-on-phone = Worked out on this phone from rules of { $day }. The shop’s own price decides.
landed-offline = The goods are known. Freight, duty and tax come with the next signal.
landed-failed = The shop gave no price just now.
landed-not-carried = Nobody carries this to { $country } yet.
landed-line-not-carried = Nobody carries { $title } to { $country } like this.
landed-days = About { $from } to { $to } days
landed-travel = { $service }, about { $from } to { $to } days
landed-travel-title = How it travels
landed-travel-legend = Parcel from { $shop }
landed-travel-priced = { $service }, { $price }
landed-travel-all = Every parcel of the cart that can travel so does.
origin-only = Leaves from { $place }: the goods lie nowhere else.
origin-split = One of several parcels, from { $place }: no one place has everything.
origin-split-than = One of several parcels, from { $place }: together they are better than one from { $other }.
origin-cheaper_and_sooner-than = Leaves from { $place }: { $money } less than from { $other }, and { $days ->
    [0] as soon
    [one] one day sooner
   *[other] { $days } days sooner
}.
origin-cheaper-than = Leaves from { $place }: { $money } less than from { $other }, though { $days ->
    [one] one day later
   *[other] { $days } days later
}.
origin-sooner-than = Leaves from { $place }: { $days ->
    [one] one day sooner
   *[other] { $days } days sooner
} than from { $other }, for { $money } more.
origin-known-than = Leaves from { $place }: from { $other } nobody knows what the border asks.
landed-service-post = Post
landed-service-express = Express
landed-service-consolidated = Together with other parcels
landed-refused = Not possible.
landed-refused-dangerous = Not possible: dangerous goods ({ $un }).
landed-refused-pieces = Not possible: at most { $limit } pieces of dangerous goods ({ $un }) in a parcel.
landed-refused-grams = Not possible: at most { $limit } of dangerous goods ({ $un }) in a parcel.
landed-refused-long = Not possible: longer than { $limit }.
landed-refused-heavy = Not possible: too heavy.
landed-refused-large = Not possible: too large.
landed-terms-title = When do you pay duty and tax?
landed-terms-legend = What the border asks for
landed-terms-ddp = With the order
landed-terms-dap = At the door
landed-terms-now = { $now } now, nothing at the door
landed-terms-both = { $now } now, about { $door } at the door
landed-terms-open = { $now } now, the rest is not known
landed-terms-all = Every parcel of the cart whose duty and tax are known follows.
landed-room = It weighs { $weight } and takes the room of { $room }; the carrier counts the room.
landed-rules = How this is worked out
landed-business = Because you buy as a business:
rule-exchange = Prices are changed at { $rate }.
rule-exchange-customs = The customs office counts { $rate }.
rule-freight = { $name }: { $rate }, for { $weight }.
rule-duty = Duty on goods with the code { $name }: { $rate }.
rule-duty-free = Goods with the code { $name } are free of duty.
rule-preference = { $name } lowers the duty to { $rate }, as the origin is proven.
rule-preference-free = Under { $name } the goods are free of duty, as the origin is proven.
rule-preference_possible = With a proof of origin, { $name } would lower the duty to { $rate }.
rule-preference_possible-free = With a proof of origin, { $name } would make the goods free of duty.
rule-layer = On top: { $name }, { $rate }.
rule-flat_duty = A flat duty of { $rate } stands in place of the tariff.
rule-duty_relief = Up to { $rate } no duty is asked.
rule-tax = { $name } in { $country }: { $rate }.
rule-tax_relief = Up to { $rate } no tax is asked.
rule-tax_at_sale = Up to { $rate } the seller takes the tax with the sale, and the border asks for none.
rule-reverse_charge = { $name } ({ $rate }) is not charged: you account for it yourself.
rule-no_border = No border on the way: { $name }.
rule-fee = { $name }: { $rate }.
rule-advance_fee = { $name } pays at the border first, and takes { $rate } for it.
rule-unknown-hs = Duty unknown: the maker has not classified { $title } yet.
rule-unknown-duty = Duty unknown: the tariff of { $country } that we have does not list { $title }.
rule-unknown-tax = Tax unknown: we have no tax rate for { $country }.
rule-unknown-territory = Duty and tax unknown: we have no rules for { $country }.
rule-unknown-exchange = Duty and tax unknown: we have no exchange rate for { $country }.
rule-range = Between { $low } and { $high }; we charge the higher.
rule-ask-textile = What decides: the material, and whether it is knitted or woven. Ask the maker for the full customs code.
rule-ask-material = What decides: what it is made of. Ask the maker for the full customs code.
rule-ask-material-price = What decides: what it is made of, and often its size or price. Ask the maker for the full customs code.
rule-ask-kind = What decides: what exactly it is. Ask the maker for the full customs code.
rule-none = Nothing is asked here.
rule-source = Source: { $source }, as of { $date }
rule-firm = Firm.
rule-estimate = An estimate.
rule-unknown = Not known.
rule-from = From { $from }.
rule-to = Until { $to }.
rule-from-to = From { $from } to { $to }.
rule-review = To be read again by { $date }.
rule-overdue = Was to be read again by { $date }.
rate-free = free
rate-at-least = at least
rate-min = at least
rate-max = at most
business-flat_duty = The flat duty of { $rate } is for persons; the tariff holds.
business-duty_relief = Only persons pay no duty up to { $rate }.
business-tax = { $name } ({ $rate }) is not charged.
business-tax_relief = Only persons pay no tax up to { $rate }.
business-tax_at_sale = The seller does not take the tax with the sale.
business-fee = { $name } ({ $rate }) is not asked.
business-other = { $name } ({ $rate }) does not hold.
buyer-title = Who buys?
buyer-person = A person
buyer-business = A business
buyer-company = Company (optional)
buyer-vat = VAT number (optional)
buyer-eori = EORI number (optional)
buyer-number-hint = For example { $example }
buyer-vat-wrong = A VAT number looks like { $example }.
buyer-eori-wrong = An EORI number is two letters of a country and up to 15 letters or digits.
buyer-note = Some rules are for persons only. The price says which of them change.

## Checkout
checkout-title = Checkout
checkout-empty-title = Nothing to order
checkout-empty-text = Your cart is empty. Orders you placed are under Orders.
checkout-deliver = Deliver to
checkout-which = Saved on this phone
checkout-elsewhere = Somewhere else
checkout-keep = Keep this for next time
checkout-email = E-mail
checkout-email-hint = For the confirmation and a link to follow the parcel.
checkout-payment = Payment
checkout-sandbox = Sandbox payment: no real money moves.
checkout-card = Test card
checkout-card-ok = A card that works
checkout-card-declined = A card that is declined
checkout-card-challenge = A card whose bank asks you to confirm
checkout-card-timeout = A card whose answer takes a long time
checkout-bill = What it costs
checkout-frozen = This price holds until { $time }.
checkout-last-price = The last price the shop gave you. Nothing above it is charged.
checkout-no-quote = The price did not come. Your cart is safe.
checkout-no-price = No price yet
checkout-reckoning = Working out the price…
checkout-where-first = Choose a country first
checkout-line-problem = { $title } cannot be ordered like this. Change it in the cart.
checkout-pay = Pay { $amount }
checkout-later = Order when I’m back online
checkout-at-most = At most { $amount } is charged.
checkout-limit = The most you pay
checkout-limit-text = The shop cannot be asked offline. The order is placed only if goods, freight, duty and tax stay below this.
checkout-limit-reckoned = This phone worked the price out from rules it keeps. The order is placed only if the shop’s own price stays below this.
checkout-limit-most = At most
checkout-limit-share = Goods and up to { $share } % on top
checkout-limit-share-reckoned = What this phone worked out and up to { $share } % on top
checkout-challenge-title = Is it you?
checkout-challenge-text = The sandbox’s bank asks before the money moves. Nothing has been charged yet.
checkout-challenge-yes = Confirm, it is me
checkout-challenge-no = No, stop
checkout-queued-title = Orders waiting to be placed
checkout-queued-waiting = Order kept on this phone
checkout-queued-waiting-text = It leaves as soon as there is a connection.
checkout-queued-queued = Order received
checkout-queued-queued-text = The price is being checked.
checkout-queued-working = Placing your order
checkout-queued-working-text = Stock and payment are being checked.
checkout-withdraw = Withdraw
checkout-withdrawn = Order withdrawn. Your cart is as it was.
checkout-again = Look at it again
checkout-dismiss = Got it
checkout-why-price-changed = The price went up
checkout-why-price-changed-text = Nothing was charged. The new price is above; tap again if it is right.
checkout-why-dearer = The price went up
checkout-why-dearer-text = Nothing was charged. The new price is on the button; tap again if it is right.
checkout-why-stock = Not enough in stock
checkout-why-stock-text = Nothing was charged. Change the quantity in the cart.
checkout-why-authenticate = Your bank wants to hear from you
checkout-why-authenticate-text = Nothing was charged. Order again and confirm the payment.
checkout-why-declined = The card was declined
checkout-why-declined-text = Nothing was charged and your cart is as it was. Try another card.
checkout-why-not-confirmed = The payment was not confirmed
checkout-why-not-confirmed-text = Nothing was charged and your cart is as it was.
checkout-why-quote-expired = The price ran out
checkout-why-quote-expired-text = Nothing was charged. Here is the new one; tap again if it is right.
checkout-why-cart-changed = Your cart changed
checkout-why-cart-changed-text = Nothing was charged. Another phone changed the cart; this is how it stands.
checkout-why-cart-ordered = This cart is already ordered
checkout-why-cart-ordered-text = Nothing was charged twice. The order is under Orders.
checkout-why-closed = This cannot be ordered now
checkout-why-closed-text = Nothing was charged. A product or a lane has closed.
checkout-why-invalid = Something in the form is not right
checkout-why-invalid-text = Nothing was charged. Look at the address and the e-mail.
checkout-why-too-many-requests = Too many tries
checkout-why-too-many-requests-text = Nothing was charged. Wait a minute and try again.
checkout-why-sign-in = Log in to order
checkout-why-sign-in-text = Nothing was charged. Log in, then order again.
checkout-why-old = This order is too old
checkout-why-old-text = Nothing was charged. Order again if you still want it.
checkout-why-unsure = The line broke while ordering
checkout-why-unsure-text = Tap again: the same order is never placed twice.
checkout-why-failed = The order did not go through
checkout-why-failed-text = The server had a problem. Tap again: the same order is never placed twice.

## Orders
order-list-title = Orders
order-title = Order { $number }
order-moving = On their way
order-past = Arrived and closed
order-none-title = No orders yet
order-none-text = What you order shows here, with every step of its way.
order-none-guest = What you order shows here, with every step of its way. Ordered on another phone? Log in to see it.
order-none-browse = Find something
order-progress = Progress to your door
order-placed = { $count ->
    [one] Ordered. Thank you!
   *[other] Ordered from { $count } makers. Thank you!
  }
order-placed-text = The confirmation is on its way to your mailbox.
order-placed-others = { $count ->
    [one] See the other order
   *[other] See the other { $count } orders
  }
order-expected = Expected { $when }.
order-eta-lane = At least { $share } of 10 parcels on this way came within these days (the last { $trips } counted).
order-eta-first = The carrier’s own estimate; no parcel of ours has gone this way yet.
order-eta-few = { $count ->
    [one] The carrier’s own estimate; one parcel of ours has gone this way so far.
   *[other] The carrier’s own estimate; { $count } parcels of ours have gone this way so far.
  }
order-eta-carrier = The carrier’s own estimate.
order-from-to = From { $from } to { $to }
order-updated = Last news { $when }
order-quiet = Last news { $when }. Carriers fall silent between countries; it is still on its way as far as we know.
order-waits-moved = Now ships from { $day }; it was { $before }
order-placed-on = Ordered on { $date }
order-parcel = { $count ->
    [one] Parcel
   *[other] Parcel { $number } of { $count }
  }
order-no-parcel-yet = { $shop } is getting your order ready. Tracking starts when the parcel leaves.
order-no-events = The carrier has the number and no news yet.
order-carrier-words = In the carrier’s words
order-carrier-local = Sampan’s own carrier
order-carrier-unknown = Carrier
order-tracking-number = Tracking number
order-copy-number = Copy tracking number { $number }
order-bought = From { $shop }
order-line = { $count } × { $price }
order-note = Note:
order-total = Total
order-ships-to = Goes to { $country }
order-documents = Documents
order-paper-invoice = Invoice
order-paper-packing-list = Packing list
order-paper-open = Open
order-paper-share = Share
order-paper-kept = Kept on this phone
order-paper-offline = This needs the network: it was not opened on this phone before.
order-paper-failed = This paper could not be made just now. Try again later.
order-share = Share the link to follow this order
order-link-note = Whoever has this link sees the parcel’s way, but no name and no address.
order-link-gone-title = This link leads nowhere
order-link-gone-text = It may have been cut off when it was copied. Ask for it again.
order-link-ended-title = This link has ended
order-link-ended-text = Ask the person who sent it to you for a new one. Is the order yours? Log in to see it.
order-link-title = Link to follow this order
order-link-until = Good until { $date }.
order-link-ran-out = It ended on { $date }. Make a new one to share this order again.
order-link-off = Switched off: nobody can follow this order by a link.
order-link-share = Share link
order-link-make = Make a new link
order-link-renew = New link
order-link-stop = Stop sharing
order-link-renew-note = A new link ends this one: whoever has it needs the new one.
order-link-made = There is a new link
order-link-renewed = There is a new link; the old one has ended
order-link-stopped = Not shared any more; the link has ended
order-link-failed = That did not work. Nothing was changed; try again.
order-now-planned = { $shop } has your order for later.
order-now-awaiting_payment = Waiting for your payment.
order-now-waits = Paid. { $shop } expects your goods on { $day }.
order-now-paid = Paid. { $shop } packs it next.
order-now-packed = Packed by { $shop }, ready to leave.
order-now-shipped = On its way from { $shop }.
order-now-delivered = Delivered.
order-now-settled = Delivered and closed.
order-now-cancelled = Cancelled. Nothing is charged.
order-now-returned = Returned.
order-now-disputed = We are looking into your claim.
order-do-awaiting_payment = Your payment is not through yet
order-do-awaiting_payment-text = The bank has not answered. Nothing is charged twice; this page changes by itself.
order-do-customs_held = Customs need something from you
order-do-customs_held-text = { $place ->
    [none] { $carrier } holds the parcel until customs have an answer. Call them with the tracking number.
   *[other] The parcel is held in { $place } until customs have an answer. Call { $carrier } with the tracking number.
  }
order-do-available_for_pickup = Pick up your parcel
order-do-available_for_pickup-text = { $place ->
    [none] It waits at the pick-up point. Bring the tracking number.
   *[other] It waits in { $place }. Bring the tracking number.
  }
order-do-delivery_failed = Nobody was at the door
order-do-delivery_failed-text = { $carrier } tries again. Call them with the tracking number to choose a day.
order-do-exception = Something stopped the parcel
order-do-exception-text = { $carrier } reports a problem. Call them with the tracking number.
order-do-expired = The carrier has lost sight of the parcel
order-do-expired-text = { $carrier } has had no news for long. Write to the maker; your claim window stays open.
parcel-info_received = Carrier informed
parcel-picked_up = Picked up from the maker
parcel-in_transit = On its way
parcel-customs = At customs
parcel-customs_held = Held by customs
parcel-customs_cleared = Cleared customs
parcel-out_for_delivery = Out for delivery
parcel-available_for_pickup = Ready for pick-up
parcel-delivery_failed = Delivery not possible
parcel-delivered = Delivered
parcel-returning = Going back
parcel-returned = Back with the maker
parcel-exception = Stopped
parcel-expired = No more news
parcel-now-info_received = Packed; the carrier picks it up next.
parcel-now-picked_up = { $place ->
    [none] Picked up from the maker.
   *[other] Picked up in { $place }.
  }
parcel-now-in_transit = { $place ->
    [none] On its way.
   *[other] On its way, last seen in { $place }.
  }
parcel-now-customs = { $place ->
    [none] At customs.
   *[other] At customs in { $place }.
  }
parcel-now-customs_held = { $place ->
    [none] Held by customs.
   *[other] Held by customs in { $place }.
  }
parcel-now-customs_cleared = { $place ->
    [none] Cleared customs.
   *[other] Cleared customs in { $place }.
  }
parcel-now-out_for_delivery = Out for delivery today.
parcel-now-available_for_pickup = { $place ->
    [none] Ready for pick-up.
   *[other] Ready for pick-up in { $place }.
  }
parcel-now-delivery_failed = The carrier found nobody at the door.
parcel-now-delivered = { $place ->
    [none] Delivered.
   *[other] Delivered in { $place }.
  }
parcel-now-returning = On its way back to the maker.
parcel-now-returned = Back with the maker.
parcel-now-exception = { $place ->
    [none] Stopped on the way.
   *[other] Stopped in { $place }.
  }
parcel-now-expired = The carrier has no more news.

## Asking about pushes
push-ask-title = Shall we tell you when it moves?
push-ask-example = A message as it will look
push-ask-example-title = { $shop }: on its way
push-ask-example-body = Expected Thursday to Saturday. Tap to follow it.
push-ask-how-much = Which steps
push-ask-important = Important
push-ask-important-hint = Shipped, held, out for delivery, delivered
push-ask-every-step = Every step
push-ask-every-step-hint = Each scan on the way
push-ask-chosen = My choice
push-ask-chosen-hint = The steps you tick
push-ask-none = None
push-ask-none-hint = This phone stays silent
push-ask-yes = Notify me
push-ask-no = Not now
push-ask-on = This phone rings when it moves
push-ask-off = This phone stays silent
push-ask-blocked = Notifications are blocked for this site. Allow them in the browser’s settings, then come back.
push-ask-timeout = The browser’s push service did not answer. Nothing changed; try again later.
push-ask-failed = It did not work just now. Nothing changed; try again later.
push-ask-unsupported = This browser cannot receive notifications. Mails go out all the same.
push-ask-install-first = On this phone notifications work once the app is on the home screen.
push-steps = Steps that ring
push-step-delayed = Delayed
push-step-packed = Packed
push-step-shipped = Shipped
push-step-cancelled = Cancelled
push-quiet = Quiet hours
push-quiet-keep = Keep still at night
push-quiet-hint = News waits for the morning; then only the latest is told.
push-quiet-from = From
push-quiet-to = To
push-saved = Saved
push-mail-title = Letters
push-mail-legend = When no phone can be reached
push-mail-important = Write to me
push-mail-important-hint = Important steps, one letter each, to the order’s e-mail
push-mail-none = No letters
push-mail-none-hint = You look here yourself
push-mail-unknown = Your choice is kept by the shop. It shows and can be changed once you are online.
push-mute = Mute this order
push-mute-hint = On all your phones. You still see it here.
push-muted = This order is silent now
push-unmuted = This order rings again
notices-title = Notifications
notices-news = What happened
notices-none = No news yet
notices-none-text = Order something, and every step of the parcel shows here, also offline.
notices-rings = What rings on this phone
notices-new = new
push-ask-test = Send a test
push-ask-test-sent = A test is on its way
install-title = Keep Sampan on your home screen
install-text = It opens at once, works offline and follows your orders.
install-now = Install
install-step-share = Tap the Share button of the browser
install-step-add = Choose “Add to Home Screen”
install-step-open = Open Sampan from there and log in

## Accounts
account-login = Log in
account-login-intro = Your cart on this phone comes along.
account-login-instead = I already have an account
account-register = Create account
account-register-intro = Your cart and orders stay as they are, and show on your other phones too.
account-register-instead = Create an account
account-registered = Your account is ready
account-welcome-back = Welcome back
account-absorbed = { $count ->
    [one] Welcome back. { $count } line of your cart came along
   *[other] Welcome back. { $count } lines of your cart came along
  }
account-email = E-mail
account-email-invalid = Write an e-mail such as ines@example.org.
account-password = Password
account-password-new = New password
account-password-missing = Write your password.
account-password-short = { $count ->
    [one] Use at least { $count } letter.
   *[other] Use at least { $count } letters. A few words are easiest to remember.
  }
account-password-hint = { $count ->
    [one] At least { $count } letter
   *[other] At least { $count } letters. A few words are easiest to remember.
  }
account-wrong = E-mail or password is not right. Nothing changed.
account-taken = There is an account with this e-mail already. Log in instead.
account-too-many = Too many tries. Wait a minute and try again.
account-unreachable = There is no connection. Nothing is lost; try again when you are back online.
account-link-used = This link has been used or has run out. Ask for a new one.
account-forgot = Forgotten the password?
account-forgot-title = New password
account-forgot-intro = We send a link with which you choose a new one.
account-forgot-send = Send the link
account-forgot-sent = Look into your mailbox
account-forgot-sent-text = If { $email } has an account here, a link is on its way. It works for an hour.
account-forgot-again = Ask for a new link
account-reset-title = Choose a new password
account-reset-intro = After this, other phones have to log in again.
account-reset-save = Save the password
account-reset-done = Your new password works
account-reset-done-text = Log in with it on each of your phones.
account-confirm-title = E-mail
account-confirm-done = Your e-mail is confirmed
account-confirm-done-text = Mails go there from now on.
account-confirm-failed = This link did not work
account-to-you = To your account
address-title = Addresses
address-none-title = No address yet
address-none-text = Keep one here and checkout takes two taps.
address-add = New address
address-edit = Change address
address-removed = Address removed
address-remove = Remove the address of { $name }
address-waiting = Waiting on this phone
address-country = Country
address-country-missing = Choose a country.
address-name = Full name
address-name-missing = Write who the parcel is for.
address-line1 = Street and number
address-line1-missing = Write street and number.
address-line2-optional = Flat, floor or company (optional)
address-city = City
address-city-missing = Write the city.
address-postcode = Postcode
address-postcode-missing = Write the postcode.
address-region = State or region
address-region-optional = State or region (optional)
address-region-missing = Write the state or region.
address-phone-optional = Phone (optional)
address-phone-hint = For the carrier only.
devices-title = Phones and browsers
devices-text = Each of these shows your cart and orders.
devices-unnamed = A phone or browser
devices-this = This one
devices-seen = Last seen { $when }
devices-sign-out = Sign out
devices-sign-out-others = Sign out all others
devices-sure = Sign out?
devices-sure-text = It loses its copy of your cart and orders and has to log in again.
devices-sure-yes = Yes, sign out
devices-out = Signed out
devices-others-out = All others are signed out
you-title = You
you-guest = Shopping as a guest
you-guest-text = Your cart lives on this phone. With an account it shows on your other phones too.
you-signed-out = Your login has ended
you-signed-out-text = Your cart still works. Log in to see new orders.
you-shops = { $count ->
    [one] Sells in { $count } shop
   *[other] Sells in { $count } shops
  }
you-sell = Pack and ship
you-sync = Changes on this phone
you-settings = Settings
you-language = Language
you-country = Deliver to
you-currency = Currency
you-theme = Look
you-theme-system = As the phone
you-theme-light = Light
you-theme-dark = Dark
you-saver = Data saver
you-saver-text = No pictures in lists
you-data = Your data
you-data-text = What you tap stays on this phone and goes to Sampan’s server, nowhere else.
you-email = Change e-mail
you-email-text = We send a link to the new one. It counts once you have opened it.
you-email-new = New e-mail
you-email-send = Send the link
you-email-sent = A link is on its way to { $email }
you-email-pending = Waiting for { $email } to be confirmed
you-export = Save all my data
you-delete = Erase everything about me
you-delete-sure = Erase everything?
you-delete-text = Carts, addresses and account are erased at once, on all phones. Orders keep only what the tax law asks for. This cannot be undone.
you-delete-yes = Yes, erase it all
you-deleted = Everything about you is erased
you-logout = Log out
you-logged-out = You are logged out
you-logout-keep = Log out, keep them here
you-logout-discard = Throw them away and log out
you-stay = Stay logged in
you-unsent = { $count ->
    [one] { $count } change is not sent yet
   *[other] { $count } changes are not sent yet
  }
you-unsent-text = They go out by themselves as soon as this phone is online. If you log out before that, they can wait here until you log in on this phone again.
you-discard-sure = { $count ->
    [one] Throw { $count } change away?
   *[other] Throw { $count } changes away?
  }
you-discard-text = What the shop does not have yet is lost for good.
you-discard-yes = Throw away and log out
you-version = Sampan, a small boat for small batches

## Sell
sell-title = Pack and ship
sell-by-state = Batches by state
sell-state-paid = To pack
sell-state-packed = To ship
sell-state-shipped = On the way
sell-state-delivered = Delivered
sell-none-paid = Nothing to pack
sell-none-packed = Nothing to ship
sell-none-shipped = Nothing on the way
sell-none-delivered = Nothing delivered yet
sell-none-text = New batches show here as soon as they are paid.
sell-count = { $products ->
    [one] { $products } product
   *[other] { $products } products
  }, { $pieces ->
    [one] { $pieces } piece
   *[other] { $pieces } pieces
  }
sell-now-waits = Waits for goods expected on { $day }.
sell-waits-text = When they are there, count them in the stock; then it can be packed.
sell-now-planned = Planned for later.
sell-now-awaiting_payment = Not paid yet.
sell-now-paid = Paid. Pack it next.
sell-now-packed = Packed. Hand it over next.
sell-now-shipped = On its way.
sell-now-delivered = Delivered.
sell-now-settled = Delivered and paid out.
sell-now-cancelled = Cancelled. Do not send it.
sell-now-returned = Returned.
sell-now-disputed = The buyer has a claim.
sell-label = Goes to
sell-packed = Packed
sell-packed-done = Marked as packed
sell-tracking = Tracking
sell-tracking-text = Without a number the demo’s own carrier takes it.
sell-tracking-number = Tracking number (optional)
sell-carrier = Carrier
sell-shipped = Shipped
sell-shipped-done = Marked as shipped. The buyer is told
sell-next = Next: { $state }
sell-move = Move the parcel one step
sell-moved = Moved one step
sell-tracking-doubted = Look at the label again: a digit or letter does not fit the others.
sell-as-printed = It is printed so: shipped
sell-papers = Papers
sell-paper-invoice = Invoice
sell-paper-packing-list = Packing list
sell-paper-customs = Customs form
sell-paper-label = Label
sell-paper-failed = This paper could not be made just now. Try again when you are online.
sell-failed = This did not work. The batch shows how it stands.
sell-gone-title = No such batch
sell-gone-text = It may belong to another shop.
pick-title = Pick list
pick-place = Place
pick-more = More batches wait. They show when these are packed.
pick-kept = No signal: the list as of { $when }.
pick-progress = { $done } of { $all } lines picked. Ticks stay on this phone.
pick-done = All picked: pack
pick-pack = Pack the first batch
pack-title = Count while packing
pack-how = Scan or type each piece, or tap its line.
pack-code = Barcode or SKU
pack-count = Count
pack-of = { $done } of { $all }
pack-counted = In the box: { $title }
pack-wrong = Not of this batch: { $code }. Nothing was counted.
pack-full = Too many: all of { $title } is in the box already.
pack-mistyped = A digit of { $code } is wrong. Nothing was counted.
pack-undo = Take the last one out
pack-undone = The last piece is out again.
pack-not-sent = Not sent yet. The count is kept on this phone; tap Packed again when online.
pack-camera = Scan with the camera
pack-camera-off = Close the camera
pack-camera-failed = The camera may not be used here. Type the code below.
pack-light = Light
pack-light-off = Light off
pack-next = Pack the next one
missing-tell = Some are missing
missing-title = Missing on the shelf
missing-text = The count is put right and the order waits, first in line. Its shopper is told the new day. If more lie free by the count, the order takes those.
missing-pieces = How many are missing
missing-pieces-wrong = Write a number up to { $count }.
missing-day-wrong = Say the day more come.
missing-send = Put it right
missing-not-sent = Not sent. It needs a connection; nothing changed.
missing-waits = The order waits for more
missing-replaced = Enough lie free: take those

## Push and mail
push-date = { $month ->
    [jan] { $day } January
    [feb] { $day } February
    [mar] { $day } March
    [apr] { $day } April
    [may] { $day } May
    [jun] { $day } June
    [jul] { $day } July
    [aug] { $day } August
    [sep] { $day } September
    [oct] { $day } October
    [nov] { $day } November
   *[dec] { $day } December
  }
push-range = { $from } – { $to }
push-brief = Tap to follow it.
push-delayed-title = { $shop }: later than planned
push-delayed-body = Your goods now leave from { $when }. Tap to see it.
push-packed-title = { $shop }: packed
push-packed-body = Your goods leave soon. We tell you when they are on their way.
push-shipped-title = { $shop }: on its way
push-shipped-body = Expected { $when }. Tap to follow it.
push-picked-up-title = { $shop }: with the carrier
push-picked-up-body = Expected { $when }. Tap to follow it.
push-in-transit-title = { $shop }: travelling
push-in-transit-body = Expected { $when }. Tap to see where it is.
push-customs-title = { $shop }: at customs
push-customs-body = A check at the border. Still expected { $when }.
push-customs-held-title = { $shop }: customs need you
push-customs-held-body = The parcel waits at the border until you answer. Tap to see what is asked.
push-customs-cleared-title = { $shop }: cleared customs
push-customs-cleared-body = Expected { $when }. Tap to follow it.
push-out-for-delivery-title = { $shop }: out for delivery
push-out-for-delivery-body = It should reach you today. Somebody should be there to take it.
push-available-for-pickup-title = { $shop }: ready to collect
push-available-for-pickup-body = It waits for you at the pickup point. Tap to see where and how long.
push-delivery-failed-title = { $shop }: not delivered
push-delivery-failed-body = Nobody could take it. Tap to see what comes next.
push-delivered-title = { $shop }: delivered
push-delivered-body = Is all of it as ordered? Tap to look at the order.
push-returning-title = { $shop }: going back
push-returning-body = The parcel is on its way back to the maker. Tap to see why.
push-returned-title = { $shop }: back with the maker
push-returned-body = Tap to see what happens with your money.
push-exception-title = { $shop }: a problem
push-exception-body = The carrier reports a problem with the parcel. Tap to see what we know.
push-cancelled-title = { $shop }: cancelled
push-cancelled-body = It will not come. Tap to see what happens with your money.
push-test-title = This phone hears Sampan
push-test-body = Messages about your orders will look like this. There is nothing to do.
shell-description = Small batches from small makers, with the price at your door. Works without a network.
shell-orders = Orders
shell-cart = Cart
mail-reset-subject = A new password for Sampan
mail-reset-body = Open this link to choose a new password. It works once, for an hour:
    { $link }

    If you did not ask for it, do nothing: your password stays as it is.
mail-confirm-subject = Confirm your e-mail for Sampan
mail-confirm-body = Open this link to make { $email } the address of your account. It works once, for an hour:
    { $link }

    If you did not ask for it, do nothing.
mail-changed-subject = The e-mail of your Sampan account has changed
mail-changed-body = Your account now has the address { $email }. Mail about your orders goes there.

    If that was not you, write to us at once.
mail-order-subject = Your order { $numbers } with Sampan
mail-order-body = Thank you. Your order is paid, and its makers get it ready.

    { $orders }

    Keep the links to yourself: whoever has one can follow the order, without seeing your name or address.
mail-order-part = { $shop }, order { $number }: { $total }
    { $link }
mail-step-subject = { $title }, order { $number }
mail-step-body = { $body }
    { $link }

    We write because none of your phones takes our notifications.

    Keep the link to yourself: whoever has it can follow the order, without seeing your name or address.

# Lanes: what was promised and what parcels took
lanes-title = Promised and kept
lanes-text = Days from the hand-over to the door, by lane: parcels that arrived in the last year.
lanes-promised = Promised
lanes-took = Took, 8 of 10
lanes-half = Half had come
lanes-way = { $from } to { $to }
lanes-within = Within { $place }
lanes-on-time = { $percent } on time
lanes-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }
lanes-says = Promised { $promised } days, took { $took }; half had come after { $half }.
lanes-parcels = { $count ->
    [one] { $count } parcel
   *[other] { $count } parcels
  }
lanes-newest = the last on { $date }
lanes-too-few = too few to promise by
lanes-as-table = As a table
lanes-lane = Lane
lanes-promised-days = Promised, days
lanes-took-days = Took, days (8 of 10)
lanes-half-days = Half had come, days
lanes-on-time-share = On time
lanes-count = Parcels
lanes-none = No parcel has arrived yet
lanes-none-text = Each parcel that reaches its door is counted here, lane by lane.

# The operator's wing
operate-title = Rules and rates
operate-forbidden = For staff only
operate-forbidden-text = Log in with an account that may look after the rules.
operate-import = Import a file
operate-all-rules = All rules
operate-pushes = Messages sent
operate-pushes-none = No messages in these days
operate-pushes-none-text = As soon as an order moves, its messages are counted here.
operate-pushes-says = Messages: { $planned }. Reached a phone: { $sent }; went as letters: { $mailed }. Half arrived within { $median } s, 95 of 100 within { $p95 } s.
operate-pushes-says-untimed = Messages: { $planned }. Reached a phone: { $sent }; went as letters: { $mailed }.
operate-pushes-range = Days
operate-pushes-days = { $days } days
operate-pushes-by-day = By day
operate-pushes-by-step = By step
operate-pushes-by-service = By push service
operate-pushes-phones = Phones that can be told
operate-pushes-day = Day
operate-pushes-step = Step
operate-pushes-step-test = Test
operate-pushes-planned = Planned
operate-pushes-sent = Sent
operate-pushes-mailed = Letter
operate-pushes-gone = Phone gone
operate-pushes-superseded = Later news instead
operate-pushes-expired = Too late
operate-pushes-refused = Refused
operate-pushes-muted = Muted
operate-pushes-waiting = Waiting
operate-pushes-other = Other ends
operate-pushes-retries = Tried again
operate-pushes-keys = Keys refused
operate-pushes-paused = Paused until { $when }
operate-pushes-no-service = Letters, or not known
operate-changes-next = What changes next
operate-changes-none = Nothing ends or begins that is known.
operate-review-next = To be read again next
operate-review-none = Everything was read again.
operate-territories = Customs territories
operate-days-left = Days left until the next review; past it, quotes are estimates
operate-rows = Rows today
operate-duty-rates = Duty rates
operate-estimates = Estimates
operate-past-review = Past review
operate-from-imports = Imported
operate-read-on = Read on { $date }
operate-read = read on { $date }, { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
  }
operate-review = Read again by { $date }
operate-overdue = Was to be read again by { $date }: an estimate since
operate-from-to = From { $from } to { $to }
operate-from = From { $from }
operate-to = To { $to }
operate-always = Without first or last day
operate-state-holds = Holds today
operate-state-to_come = To come
operate-state-ended = Ended
operate-state-overdue = Past its review
operate-confidence-firm = firm
operate-confidence-estimate = estimate
operate-imported = imported
operate-shipped = ships with Sampan
operate-kind-territories = Territory
operate-kind-taxes = Tax
operate-kind-thresholds = Threshold
operate-kind-flat_duties = Flat duty
operate-kind-fees = Fee
operate-kind-duty_rates = Duty rate
operate-kind-layers = Additional duty
operate-kind-preferences = Preference
operate-kind-customs_rates = Customs rate of exchange
operate-kind-zones = Freight zone
operate-kind-cards = Freight card
operate-kind-dangerous_goods = Dangerous goods
operate-find = Find
operate-find-hint = What a column begins with: a goods code, a name, a source
operate-kind = Kind
operate-state = State
operate-any = All kinds
operate-search = Search
operate-nothing = No such rule
operate-nothing-text = Try fewer digits, another kind or another state.
operate-found = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
  }
operate-more = Show more ({ $count } left)
operate-file = A file of rules
operate-file-text = Our own CSV, a commodity of the UK Trade Tariff (JSON), or the tariff of the United States (CSV, JSON). You see what would change before anything does.
operate-file-choose = Choose a file
operate-file-reading = Reading…
operate-mistake = Line { $line }, { $column }:
operate-import-done = Imported. New quotes use it
operate-import-forbidden = Your account may read the rules, not change them.
operate-import-unreachable = There was no answer. Nothing was changed; try again.
operate-report = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
  } in the file
operate-added = New
operate-changed = Changed
operate-confirmed = Read again
operate-unchanged = As before
operate-touches-all = Concerns every country. Open quotes: { $quotes }.
operate-touches = Concerns { $countries }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }. Open quotes: { $quotes }; they are worked out anew at checkout.
operate-skipped = Left out: { $count }.
operate-line = line { $line }
operate-take-in = Take it in
operate-leave = Leave it
operate-history = Imports
operate-history-none = Nothing imported yet
operate-history-none-text = The rules that ship with Sampan are in use.
operate-counts = { $added } new, { $changed } changed, { $unchanged } as before
operate-by-command = by command line
operate-by-staff = by staff
operate-withdraw = Take back
operate-withdraw-ask = What this file covered holds again at once.
operate-keep = Keep it
operate-withdrawn = Taken back
operate-withdrawn-at = Taken back on { $date }

codes-title = Goods codes
codes-which = Which goods
codes-missing = Without a code
codes-all = All
codes-why = Without its goods code nobody can tell a buyer the duty. Six digits of the Harmonized System are enough.
codes-none = Every product has its code
codes-none-text = Buyers see the duty wherever the rules are known.
codes-unknown = No code yet: duty unknown
codes-find = Find a code
codes-change = Change
codes-words = What is it, and of what?
codes-words-hint = In English, such as “cotton shirt”, or the first digits of a code
codes-take = Take { $code }
codes-failed = There was no answer. Try again when you are online.
codes-nothing = No code with all these words. Try fewer, or the material.
codes-care = The list holds chapters, headings and common codes, not the whole nomenclature. You answer for the code you choose.
codes-done = { $title }: { $code }

compare-open = Compare two days
compare-text = By the rules of each day, at today’s prices and rates of exchange. Neither is promised.
compare-first = One day
compare-second = Another day
compare-unknown = unknown
compare-total = Paid now
compare-gone = No longer
compare-new = New
compare-same = No rule changes between these days.
compare-failed = There was no answer. Try again when you are online.

stock-title = Stock
stock-search = Title or SKU
stock-search-go = Find
stock-low = Low
stock-none = Nothing found
stock-none-low = Nothing is low
stock-none-text = Counts come from your catalogue, from a file, or from a tap on a place.
stock-with-maker = With the maker
stock-free = free
stock-free-low = free, low
stock-held = { $count } held for orders
stock-held-more = { $count } are held for orders; at least so many must be there.
stock-oldest = The oldest has lain for { $days } days
stock-on-hand = Pieces there
stock-low-mark = Low from
stock-low-mark-hint = From so few free pieces on it is marked; 0: never.
stock-coming = { $count } come on { $day }, { $waiting } of them sold
stock-coming-day = More comes on
stock-coming-pieces = So many come in all
stock-coming-hint = They can be ordered before they are there. { $waiting } are sold already; 0: sell no more of them.
stock-whole = Write a whole number.
stock-save = Save
stock-counted = { $title }: { $count } there
stock-age-30 = Up to 30 days
stock-age-90 = 31 to 90 days
stock-age-180 = 91 to 180 days
stock-age-more = Longer
stock-file = Counts from a file
stock-file-text = CSV with the columns sku and on_hand, and if you like warehouse and low_mark.
stock-file-choose = Choose a file
stock-file-looked = { $rows ->
    [one] One count
   *[other] { $rows } counts
}, { $changed } of them new.
stock-file-take = Take them in
stock-file-done = { $count ->
    [one] One count changed
   *[other] { $count } counts changed
}
stock-file-wrong = Nothing was taken in. Mend the file and choose it again.
stock-mistake = Line { $line }, { $column }:
transfers-title = On the way to warehouses
transfers-none = Nothing is on its way
transfers-none-text = Open a product’s own place under Stock to send pieces to a warehouse near your buyers.
transfers-send = Send to a warehouse
transfers-to = Warehouse
transfers-pieces = Pieces
transfers-pieces-wrong = Write a whole number from 1 to { $count }; so many are free.
transfers-expected = Expected there on
transfers-sent = On its way. It counts there once the warehouse has received it.
transfers-sent-on = Sent on { $date }
transfers-expected-on = expected on { $date }
transfers-on_the_way = On its way
transfers-customs = At customs
transfers-received = Received
transfers-difference = { $sent } were sent: { $difference }
transfers-entry = Customs entry
transfers-entry-hint = What customs calls it, such as an MRN
transfers-at-customs = It is at customs
transfers-customs-done = Customs entry noted
transfers-arrived = It has arrived
transfers-arrived-text = Count what came. That is what lies there from now on.
transfers-received-go = Received
transfers-received-done = Received and counted

# The demo market: time passes at a tap
forward-title = Demo: let time pass
forward-text = No real parcel moves here. Each tap lets the next thing happen; left alone, it takes days.
forward-received = Next: the goods come to the shop
forward-packed = Next: the shop packs it
forward-shipped = Next: the carrier takes it
forward-parcel = Next: { $what } · { $place }
forward-sorted = Sorted
forward-left = On its way abroad
forward-arrived = Arrived
forward-asking = Looking what comes next
forward-offline = Needs a connection.
forward-failed = That did not work. Try again.

# The number under a barcode
barcode-label = Number under the barcode
barcode-save = Save barcode
barcode-done = Barcode saved
barcode-mistyped = That is no such number: 8, 12, 13 or 14 digits, and the last one must fit.
barcode-refused = Not saved. Another product may have this number.
