## Ui
ui-less = { $step } menos
ui-more = { $step } más
ui-undo = Deshacer
ui-close = Cerrar
ui-back = Atrás
ui-loading = Cargando
ui-retry = Reintentar
ui-save = Guardar
ui-cancel = Cancelar
ui-offline-title = Sin conexión
ui-offline-text = Tu cesta y tus pedidos están a salvo en este teléfono. Reinténtalo cuando vuelvas a tener red.
ui-error-title = El servidor no responde
ui-error-text = No se ha perdido nada. Reinténtalo en un momento.
ui-share = Compartir
ui-copied = Copiado
ui-gone-title = Esto ya no está aquí
ui-gone-text = Puede que lo hayan retirado o que el enlace esté cortado.
ui-gone-search = Buscar en el mercado

## App
app-skip = Ir al contenido
app-places = Lugares
app-home = Inicio
app-search = Buscar
app-cart = Cesta
app-orders = Pedidos
app-you = Tú
app-cart-count = { $count ->
    [one] { $count } línea
   *[other] { $count } líneas
  } en la cesta
app-orders-moved = Algo se ha movido
app-needs-you = { $count ->
    [one] { $count } cambio te necesita
   *[other] { $count } cambios te necesitan
  }
app-not-found = No hay nada en esta dirección
app-not-found-text = El enlace puede ser antiguo. Tu cesta y tus pedidos siguen donde estaban.
app-to-home = Ir a las tiendas
app-line-offline = { $waiting ->
    [0] Sin conexión. Tu cesta sigue funcionando
    [one] Sin conexión. { $waiting } cambio guardado en este teléfono
   *[other] Sin conexión. { $waiting } cambios guardados en este teléfono
  }
app-line-sending = Enviando…
app-line-sent = Todo enviado
app-line-busy = { $waiting ->
    [one] La tienda está ocupada. { $waiting } cambio está a salvo aquí
   *[other] La tienda está ocupada. { $waiting } cambios están a salvo aquí
  }
app-line-stuck = { $waiting ->
    [one] { $waiting } cambio no se puede enviar. Está a salvo aquí
   *[other] { $waiting } cambios no se pueden enviar. Están a salvo aquí
  }
app-line-sign-in = Inicia sesión para enviar el resto
app-line-upgrade = Actualiza la app para seguir enviando
app-line-full = Teléfono lleno. Libera espacio
app-unkept-full = No se ha guardado: este teléfono está lleno. Todo lo anterior está a salvo. Libera espacio y toca otra vez.
app-unkept = No se ha guardado en este teléfono. Todo lo anterior está a salvo. Toca otra vez.
app-restored = Todo ha vuelto a este teléfono
app-update = Hay una versión nueva
app-update-now = Actualizar

## Cart
cart-title = Cesta
cart-maker-unknown = Taller aún desconocido
cart-goods-of = { $count ->
    [one] Mercancía, { $count } línea
   *[other] Mercancía, { $count } líneas
  }
cart-checkout = Tramitar
cart-order-later = Pedir cuando vuelva la conexión
cart-queued = Hay un pedido en espera. Míralo
cart-empty = Tu cesta está vacía
cart-empty-text = Lo que pongas queda en este teléfono al instante, con red o sin ella.
cart-empty-shops = Encontrar un taller
cart-empty-wishlist = Ir a la lista de deseos
cart-a-piece = { $price } la pieza
cart-price-later = Precio al volver la conexión
cart-quantity = Piezas de { $title }
cart-remove = Quitar { $title }
cart-removed = { $title }: quitado
cart-to-wishlist = Pasar { $title } a la lista de deseos
cart-moved-to-wishlist = { $title }: en la lista de deseos
cart-make-it = Pon { $quantity }
cart-answer-later = Existencias y precio llegan al volver la conexión
cart-answer-unlisted = Ya no se vende. Quítalo para tramitar
cart-answer-minimum = Se vende desde { $minimum } piezas
cart-answer-steps = Viene en paquetes de { $step }
cart-answer-maximum = Como mucho { $maximum } por pedido
cart-answer-sold-out = { $available ->
    [0] Agotado ahora mismo
    [one] Solo queda { $available }, muy poco para pedir
   *[other] Solo quedan { $available }, muy pocas para pedir
  }
cart-answer-short = { $available } ahora, { $missing } más aún sin existencias
cart-answer-fell = El precio bajó a { $price }, desde { $before }
cart-answer-rose = El precio subió a { $price }, desde { $before }
cart-answer-tier = Con { $more } más, cada una cuesta { $price }
cart-sums = Sumas

## Sync
sync-title = Cambios en este teléfono
sync-state-waiting = En espera en este teléfono
sync-state-sent = Enviado
sync-state-confirmed = Confirmado
sync-state-needs-you = Te necesita
sync-empty = No hay nada en espera
sync-empty-text = Cada cambio que haces se ve aquí hasta que la tienda lo confirma.
sync-needs-you = Para que lo mires
sync-on-this-phone = En camino
sync-confirmed = Confirmado
sync-as-of = A fecha de { $when }
sync-now = Enviar ahora
sync-export = Guardar como archivo
sync-export-text = Todos los cambios que guarda este teléfono, en JSON y sin contraseñas.
sync-dismiss = Entendido
sync-action-keep = Conservarlas
sync-action-remove = Quitarlas
sync-merged = { $kept ->
    [one] Otro de tus teléfonos había añadido { $kept } pieza que este no había visto. Se ha conservado.
   *[other] Otro de tus teléfonos había añadido { $kept } piezas que este no había visto. Se han conservado.
  }
sync-merged-remove = { $kept ->
    [one] Quitaste esto, pero otro de tus teléfonos había añadido { $kept } pieza. Se ha conservado.
   *[other] Quitaste esto, pero otro de tus teléfonos había añadido { $kept } piezas. Se han conservado.
  }
sync-superseded = Otro de tus teléfonos lo cambió más tarde. Vale su número.
sync-superseded-too-old = Hace demasiado tiempo para cambiar lo que vino después.
sync-moved = La cesta se pidió entretanto. Esto pasó a tu cesta nueva.
sync-working = Tu pedido se está tramitando.
sync-applied = Hecho.
sync-why-old = Tiene más de 90 días. Hazlo otra vez si aún lo quieres.
sync-why-sign-in = Inicia sesión y hazlo otra vez.
sync-why-cart-ordered = La cesta se pidió antes de que llegara esto. El pedido no ha cambiado.
sync-why-price-changed = El precio superó lo que habías aceptado. No se ha cobrado nada.
sync-why-stock = No hay existencias suficientes. No se ha cobrado nada.
sync-why-authenticate = Tu banco quiere saber de ti. Aún no se ha cobrado nada.
sync-why-declined = El pago fue rechazado. No se ha cobrado nada.
sync-why-quote-expired = La oferta había caducado. No se ha cobrado nada.
sync-why-cart-changed = La cesta había cambiado. No se ha pedido ni cobrado nada.
sync-why-closed = La tienda ya no vende esto. No se ha cobrado nada.
sync-why-unknown-kind = La tienda no conoce este tipo de cambio.
sync-why-unknown-line = Esto ya no se vende.
sync-why-unknown-cart = Esta cesta ya no se conoce.
sync-why-too-late = El pedido ya se estaba tramitando.
sync-why-too-many-lines = En una cesta caben como mucho 500 líneas.
sync-why-other = La tienda no lo aceptó ({ $why }).
sync-op-cart-add = { $less ->
    [yes] { $quantity } menos de { $thing }
   *[no] { $quantity } más de { $thing }
  }
sync-op-cart-set = { $quantity } de { $thing }
sync-op-cart-remove = { $thing }: quitado
sync-op-cart-note = Nota sobre { $thing }
sync-op-wishlist-put = { $thing }: a la lista de deseos
sync-op-wishlist-remove = { $thing }: fuera de la lista de deseos
sync-op-address-put = Dirección guardada
sync-op-address-remove = Dirección quitada
sync-op-prefs-set = Ajuste cambiado
sync-op-message-send = Mensaje
sync-op-checkout-place = Pedido por tramitar
sync-op-checkout-withdraw = Pedido retirado
sync-op-outcome-dismiss = Aviso leído
sync-op-other = Cambio ({ $kind })
sync-op-other-phone = Un cambio de otro teléfono

## Home
home-lead = Lotes pequeños de talleres de fuera, con cada coste a la vista antes de tocar.
home-search = Buscar talleres y productos
home-shops = Tiendas con oficio
home-products = Nuevo en el mercado
home-on-its-way = En camino
home-others-on-the-way = { $count ->
    [one] { $count } pedido más en camino
   *[other] { $count } pedidos más en camino
  }
home-reorder = Volver a pedir
home-last-time = { $count ->
    [one] { $count } la última vez
   *[other] { $count } la última vez
  }

## Catalogue
catalog-from = desde { $count }
catalog-products = { $count ->
    [one] { $count } producto
   *[other] { $count } productos
  }
search-title = Buscar
search-placeholder = Té, lámpara, cuaderno…
search-filter = Filtrar
search-sort = Ordenar por
search-sort-relevance = Más parecido
search-sort-newest = Más nuevo
search-sort-price-asc = Precio más bajo
search-sort-price-desc = Precio más alto
search-by-category = Tipo
search-by-origin = Hecho en
search-by-shop = Taller
search-show = Ver productos
search-count = { $count ->
    [0] Ningún producto
    [one] { $count } producto
   *[other] { $count } productos
  }
search-many = { $count ->
    [one] El primer producto
   *[other] Los primeros { $count } productos
  }
search-offline = { $count ->
    [0] Sin conexión. Nada de lo guardado en este teléfono coincide
    [one] Sin conexión. { $count } producto guardado en este teléfono
   *[other] Sin conexión. { $count } productos guardados en este teléfono
  }
search-none = Nada para «{ $query }»
search-none-filter = Nada por aquí
search-none-text = Prueba otra palabra o quita un filtro.
search-none-offline = Este teléfono guarda las tiendas que has visitado. Busca otra vez cuando tengas red.
search-all = Ver todo
search-more = Ver más
search-more-failed = Los siguientes productos no llegaron. Reinténtalo.
shop-title = Tienda
shop-founded = Desde { $year }
shop-story = La historia del taller
shop-empty = Nada por aquí ahora mismo
shop-offline = Sin conexión. Estos son los productos guardados en este teléfono.
wishlist-title = Lista de deseos
wishlist-empty-title = La lista de deseos está vacía
wishlist-empty-text = Toca el corazón de un producto para guardarlo aquí. También funciona sin conexión.
wishlist-browse = Echar un vistazo
wishlist-removed = Fuera de la lista de deseos
wishlist-remove = Quitar { $title } de la lista de deseos

## Product
product-title = Producto
product-wish = Guardar en la lista de deseos
product-kept = Sin conexión. Precios del { $when }.
product-tiers = Precio por cantidad
product-tier = desde { $count }
product-at-door = La pieza en tu puerta
product-at-door-about = La pieza en tu puerta, más o menos
product-door = { $price } la pieza en la puerta
product-door-about = unos { $price } la pieza en la puerta
product-quantity = Cantidad
product-pieces = { $count ->
    [one] { $count } pieza
   *[other] { $count } piezas
  }
product-rule = { $step ->
    [1] Se vende desde { $minimum } piezas.
   *[other] Se vende desde { $minimum } piezas y luego en paquetes de { $step }.
  }
ships-from-day = Sale a partir del { $day }
product-in-stock = { $available } listas para salir de { $place }
product-short-stock = Solo { $available } listas en { $place }.
product-sold-out = Agotado por ahora
product-goods = Mercancía, sin transporte
product-in-cart = { $count ->
    [one] { $count } en tu cesta
   *[other] { $count } en tu cesta
  }
product-add = Añadir { $count } a la cesta
product-added = { $count ->
    [one] { $count } pieza añadida a la cesta
   *[other] { $count } piezas añadidas a la cesta
  }
product-facts = Origen y detalles
product-origin = Hecho en
product-options = Variante
product-weight = Peso por pieza
product-packs = Paquete
product-code = Código aduanero
product-code-none = Aún desconocido
product-number = Número
product-rate = Tipo de cambio
product-safety = Seguridad
product-manufacturer = Fabricante
product-address = Contacto
product-warnings = Advertencias
product-warnings-none = Ninguna indicada

## Landed cost
landed-title = Hasta tu puerta en { $country }
landed-where = ¿Adónde va?
landed-change = Cambiar
landed-choose = Elegir
landed-country = País
landed-currency = Moneda
landed-piece = La pieza, en tu puerta
landed-piece-about = La pieza en tu puerta, unos
landed-piece-part = La pieza, sin arancel ni impuesto
landed-piece-goods = La pieza, solo mercancía
landed-part-goods = Mercancía
landed-part-freight = Transporte
landed-part-duty = Arancel
landed-part-tax = Impuesto
landed-part-fees = Gastos
landed-times = { $count } × { $price }
landed-not-known = no se sabe
landed-at-door = en la puerta
landed-range = entre { $low } y { $high }
landed-waiting-asking = preguntando…
landed-waiting-offline = luego
landed-waiting-nowhere = ¿adónde?
landed-waiting-failed = no se sabe
landed-waiting-known = no se sabe
landed-sum = Total
landed-sum-about = Total, unos
landed-total = Total hasta tu puerta
landed-total-about = Total hasta tu puerta, unos
landed-total-now = Pagas ahora
landed-total-now-about = Pagas ahora, unos
landed-total-without = Total, sin arancel ni impuesto
landed-total-goods = Mercancía
landed-door-nothing = En la puerta no se paga nada más.
landed-door-asks = En la puerta se pedirán unos { $amount }.
landed-door-unknown = No se sabe qué se pedirá en la puerta.
landed-estimate = Una regla detrás de esto es estimada. Lo que pagas ahora se fija al tramitar el pedido.
landed-on-phone = Calculado en este teléfono con reglas del { $day }. Vale el precio de la tienda.
landed-offline = La mercancía se conoce. Transporte, arancel e impuesto llegan con la próxima señal.
landed-failed = La tienda no ha dado precio ahora mismo.
landed-not-carried = Nadie lleva esto aún a { $country }.
landed-line-not-carried = Nadie lleva { $title } así a { $country }.
landed-days = De { $from } a { $to } días, más o menos
landed-travel = { $service }, de { $from } a { $to } días, más o menos
landed-travel-title = Cómo viaja
landed-travel-legend = Paquete de { $shop }
landed-travel-priced = { $service }, { $price }
landed-travel-all = Así viajan todos los paquetes de la cesta que pueden.
origin-only = Sale de { $place }: la mercancía no está en otro sitio.
origin-split = Uno de varios paquetes, desde { $place }: ningún sitio lo tiene todo.
origin-split-than = Uno de varios paquetes, desde { $place }: juntos salen mejor que uno desde { $other }.
origin-cheaper_and_sooner-than = Sale de { $place }: { $money } menos que desde { $other }, y { $days ->
    [0] igual de pronto
    [one] un día antes
   *[other] { $days } días antes
}.
origin-cheaper-than = Sale de { $place }: { $money } menos que desde { $other }, aunque { $days ->
    [one] un día más tarde
   *[other] { $days } días más tarde
}.
origin-sooner-than = Sale de { $place }: { $days ->
    [one] un día antes
   *[other] { $days } días antes
} que desde { $other }, por { $money } más.
origin-known-than = Sale de { $place }: desde { $other } nadie sabe qué pide la aduana.
landed-service-post = Correo
landed-service-express = Exprés
landed-service-consolidated = Junto con otros paquetes
landed-refused = No es posible.
landed-refused-dangerous = No es posible: mercancía peligrosa ({ $un }).
landed-refused-pieces = No es posible: como mucho { $limit } piezas de mercancía peligrosa ({ $un }) por paquete.
landed-refused-grams = No es posible: como mucho { $limit } de mercancía peligrosa ({ $un }) por paquete.
landed-refused-long = No es posible: más largo de { $limit }.
landed-refused-heavy = No es posible: pesa demasiado.
landed-refused-large = No es posible: es demasiado grande.
landed-terms-title = ¿Cuándo pagas arancel e impuesto?
landed-terms-legend = Lo que pide la frontera
landed-terms-ddp = Con el pedido
landed-terms-dap = En la puerta
landed-terms-now = { $now } ahora, nada en la puerta
landed-terms-both = { $now } ahora, unos { $door } en la puerta
landed-terms-open = { $now } ahora, el resto no se sabe
landed-terms-all = Vale para todos los paquetes de la cesta cuyo arancel e impuesto se conocen.
landed-room = Pesa { $weight } y ocupa como { $room }; el transportista cuenta el espacio.
landed-rules = Cómo se calcula
landed-business = Como compras como empresa:
rule-exchange = Los precios se cambian a { $rate }.
rule-exchange-customs = La aduana cuenta { $rate }.
rule-freight = { $name }: { $rate }, por { $weight }.
rule-duty = Arancel de la mercancía con el código { $name }: { $rate }.
rule-duty-free = La mercancía con el código { $name } no paga arancel.
rule-preference = { $name } baja el arancel a { $rate }, pues el origen está probado.
rule-preference-free = Con { $name } la mercancía no paga arancel, pues el origen está probado.
rule-preference_possible = Con prueba de origen, { $name } bajaría el arancel a { $rate }.
rule-preference_possible-free = Con prueba de origen, { $name } dejaría la mercancía sin arancel.
rule-layer = Además: { $name }, { $rate }.
rule-flat_duty = Un arancel fijo de { $rate } ocupa el lugar de la tarifa.
rule-duty_relief = Hasta { $rate } no se pide arancel.
rule-tax = { $name } en { $country }: { $rate }.
rule-tax_relief = Hasta { $rate } no se pide impuesto.
rule-tax_at_sale = Hasta { $rate } el vendedor cobra el impuesto con la venta y la frontera no pide ninguno.
rule-reverse_charge = { $name } ({ $rate }) no se cobra: lo declaras tú.
rule-no_border = Sin frontera por el camino: { $name }.
rule-fee = { $name }: { $rate }.
rule-advance_fee = { $name } adelanta el pago en la frontera y cobra { $rate } por ello.
rule-unknown-hs = Arancel desconocido: el taller aún no ha clasificado { $title }.
rule-unknown-duty = Arancel desconocido: la tarifa de { $country } que tenemos no recoge { $title }.
rule-unknown-tax = Impuesto desconocido: no tenemos el tipo de { $country }.
rule-unknown-territory = Arancel e impuesto desconocidos: no tenemos reglas de { $country }.
rule-unknown-exchange = Arancel e impuesto desconocidos: no tenemos tipo de cambio para { $country }.
rule-range = Entre { $low } y { $high }; cobramos lo más alto.
rule-ask-textile = Decide el material y si es de punto o tejido. Pide al taller el código aduanero completo.
rule-ask-material = Decide de qué está hecho. Pide al taller el código aduanero completo.
rule-ask-material-price = Decide de qué está hecho y a menudo su tamaño o precio. Pide al taller el código aduanero completo.
rule-ask-kind = Decide qué es exactamente. Pide al taller el código aduanero completo.
rule-none = Aquí no se pide nada.
rule-source = Fuente: { $source }, a fecha de { $date }
rule-firm = Firme.
rule-estimate = Estimado.
rule-unknown = No se sabe.
rule-from = Desde el { $from }.
rule-to = Hasta el { $to }.
rule-from-to = Del { $from } al { $to }.
rule-review = Se vuelve a leer antes del { $date }.
rule-overdue = Había que volver a leerlo antes del { $date }.
rate-free = libre
rate-at-least = al menos
rate-min = al menos
rate-max = como mucho
business-flat_duty = El arancel fijo de { $rate } es para particulares; vale la tarifa.
business-duty_relief = Solo los particulares no pagan arancel hasta { $rate }.
business-tax = { $name } ({ $rate }) no se cobra.
business-tax_relief = Solo los particulares no pagan impuesto hasta { $rate }.
business-tax_at_sale = El vendedor no cobra el impuesto con la venta.
business-fee = { $name } ({ $rate }) no se pide.
business-other = { $name } ({ $rate }) no vale.
buyer-title = ¿Quién compra?
buyer-person = Un particular
buyer-business = Una empresa
buyer-company = Empresa (opcional)
buyer-vat = Número de IVA (opcional)
buyer-eori = Número EORI (opcional)
buyer-number-hint = Por ejemplo { $example }
buyer-vat-wrong = Un número de IVA es como { $example }.
buyer-eori-wrong = Un número EORI son dos letras de un país y hasta 15 letras o cifras.
buyer-note = Algunas reglas son solo para particulares. El precio dice cuáles cambian.

## Checkout
checkout-title = Tramitar el pedido
checkout-empty-title = Nada que pedir
checkout-empty-text = Tu cesta está vacía. Lo que ya pediste está en Pedidos.
checkout-deliver = Entregar en
checkout-which = Guardadas en este teléfono
checkout-elsewhere = Otro sitio
checkout-keep = Guardar para la próxima vez
checkout-email = Correo electrónico
checkout-email-hint = Para la confirmación y un enlace con el que seguir el paquete.
checkout-payment = Pago
checkout-sandbox = Pago de prueba: no se mueve dinero de verdad.
checkout-card = Tarjeta de prueba
checkout-card-ok = Una tarjeta que funciona
checkout-card-declined = Una tarjeta que se rechaza
checkout-card-challenge = Una tarjeta cuyo banco te pide confirmar
checkout-card-timeout = Una tarjeta cuya respuesta tarda mucho
checkout-bill = Lo que cuesta
checkout-frozen = Este precio vale hasta las { $time }.
checkout-last-price = El último precio que te dio la tienda. No se cobra más que eso.
checkout-no-quote = El precio no llegó. Tu cesta está a salvo.
checkout-no-price = Aún sin precio
checkout-reckoning = Calculando el precio…
checkout-where-first = Elige primero un país
checkout-line-problem = { $title } no se puede pedir así. Cámbialo en la cesta.
checkout-pay = Pagar { $amount }
checkout-later = Pedir cuando vuelva la conexión
checkout-at-most = Se cobra como mucho { $amount }.
checkout-limit = Lo máximo que pagas
checkout-limit-text = Sin conexión no se puede preguntar a la tienda. El pedido solo se hace si mercancía, transporte, arancel e impuesto no pasan de aquí.
checkout-limit-reckoned = Este teléfono ha calculado el precio con reglas que guarda. El pedido solo se hace si el precio de la tienda no pasa de aquí.
checkout-limit-most = Como mucho
checkout-limit-share = Mercancía y hasta un { $share } % más
checkout-limit-share-reckoned = Lo que calculó este teléfono y hasta un { $share } % más
checkout-challenge-title = ¿Eres tú?
checkout-challenge-text = El banco de pruebas pregunta antes de mover el dinero. Aún no se ha cobrado nada.
checkout-challenge-yes = Confirmar, soy yo
checkout-challenge-no = No, parar
checkout-queued-title = Pedidos en espera
checkout-queued-waiting = Pedido guardado en este teléfono
checkout-queued-waiting-text = Sale en cuanto haya conexión.
checkout-queued-queued = Pedido recibido
checkout-queued-queued-text = Se está comprobando el precio.
checkout-queued-working = Tramitando tu pedido
checkout-queued-working-text = Se comprueban existencias y pago.
checkout-withdraw = Retirar
checkout-withdrawn = Pedido retirado. Tu cesta está como estaba.
checkout-again = Mirarlo otra vez
checkout-dismiss = Entendido
checkout-why-price-changed = El precio subió
checkout-why-price-changed-text = No se ha cobrado nada. El precio nuevo está arriba; toca otra vez si te parece bien.
checkout-why-dearer = El precio subió
checkout-why-dearer-text = No se ha cobrado nada. El precio nuevo está en el botón; toca otra vez si te parece bien.
checkout-why-stock = No hay existencias suficientes
checkout-why-stock-text = No se ha cobrado nada. Cambia la cantidad en la cesta.
checkout-why-authenticate = Tu banco quiere saber de ti
checkout-why-authenticate-text = No se ha cobrado nada. Pide otra vez y confirma el pago.
checkout-why-declined = La tarjeta fue rechazada
checkout-why-declined-text = No se ha cobrado nada y tu cesta está como estaba. Prueba con otra tarjeta.
checkout-why-not-confirmed = El pago no se confirmó
checkout-why-not-confirmed-text = No se ha cobrado nada y tu cesta está como estaba.
checkout-why-quote-expired = El precio caducó
checkout-why-quote-expired-text = No se ha cobrado nada. Aquí está el nuevo; toca otra vez si te parece bien.
checkout-why-cart-changed = Tu cesta cambió
checkout-why-cart-changed-text = No se ha cobrado nada. Otro teléfono cambió la cesta; así está ahora.
checkout-why-cart-ordered = Esta cesta ya está pedida
checkout-why-cart-ordered-text = No se ha cobrado dos veces. El pedido está en Pedidos.
checkout-why-closed = Esto no se puede pedir ahora
checkout-why-closed-text = No se ha cobrado nada. Un producto o una ruta se ha cerrado.
checkout-why-invalid = Algo del formulario no está bien
checkout-why-invalid-text = No se ha cobrado nada. Revisa la dirección y el correo.
checkout-why-too-many-requests = Demasiados intentos
checkout-why-too-many-requests-text = No se ha cobrado nada. Espera un minuto y reinténtalo.
checkout-why-sign-in = Inicia sesión para pedir
checkout-why-sign-in-text = No se ha cobrado nada. Inicia sesión y pide otra vez.
checkout-why-old = Este pedido es demasiado antiguo
checkout-why-old-text = No se ha cobrado nada. Pide otra vez si aún lo quieres.
checkout-why-unsure = La línea se cortó al pedir
checkout-why-unsure-text = Toca otra vez: el mismo pedido nunca se hace dos veces.
checkout-why-failed = El pedido no salió adelante
checkout-why-failed-text = El servidor tuvo un problema. Toca otra vez: el mismo pedido nunca se hace dos veces.

## Orders
order-list-title = Pedidos
order-title = Pedido { $number }
order-moving = En camino
order-past = Llegados y cerrados
order-none-title = Aún no hay pedidos
order-none-text = Lo que pidas se ve aquí, con cada paso de su camino.
order-none-guest = Lo que pidas se ve aquí, con cada paso de su camino. ¿Pediste con otro teléfono? Inicia sesión para verlo.
order-none-browse = Encontrar algo
order-progress = Avance hasta tu puerta
order-placed = { $count ->
    [one] Pedido hecho. ¡Gracias!
   *[other] Pedido a { $count } talleres. ¡Gracias!
  }
order-placed-text = La confirmación va de camino a tu correo.
order-placed-others = { $count ->
    [one] Ver el otro pedido
   *[other] Ver los otros { $count } pedidos
  }
order-expected = Se espera { $when }.
order-eta-lane = Al menos { $share } de cada 10 paquetes de este camino llegaron en estos días (contados los últimos { $trips }).
order-eta-first = Es el cálculo del transportista; ningún paquete nuestro ha hecho aún este camino.
order-eta-few = { $count ->
    [one] Es el cálculo del transportista; un paquete nuestro ha hecho este camino hasta ahora.
   *[other] Es el cálculo del transportista; { $count } paquetes nuestros han hecho este camino hasta ahora.
  }
order-eta-carrier = Es el cálculo del transportista.
order-from-to = De { $from } a { $to }
order-updated = Últimas noticias { $when }
order-quiet = Últimas noticias { $when }. Entre países los transportistas callan; que sepamos, sigue en camino.
order-waits-moved = Ahora sale a partir del { $day }; antes era el { $before }
order-placed-on = Pedido el { $date }
order-parcel = { $count ->
    [one] Paquete
   *[other] Paquete { $number } de { $count }
  }
order-no-parcel-yet = { $shop } está preparando tu pedido. El seguimiento empieza cuando sale el paquete.
order-no-events = El transportista tiene el número y aún no hay noticias.
order-carrier-words = En palabras del transportista
order-carrier-local = El transportista de Sampan
order-carrier-unknown = Transportista
order-tracking-number = Número de seguimiento
order-copy-number = Copiar el número de seguimiento { $number }
order-bought = De { $shop }
order-line = { $count } × { $price }
order-note = Nota:
order-total = Total
order-ships-to = Va a { $country }
order-documents = Documentos
order-paper-invoice = Factura
order-paper-packing-list = Lista de bultos
order-paper-open = Abrir
order-paper-share = Compartir
order-paper-kept = Guardado en este teléfono
order-paper-offline = Hace falta conexión: aún no se abrió en este teléfono.
order-paper-failed = Ahora no se pudo hacer este papel. Prueba más tarde.
order-share = Compartir el enlace para seguir este pedido
order-link-note = Quien tenga este enlace ve el camino del paquete, pero ni nombre ni dirección.
order-link-gone-title = Este enlace no lleva a nada
order-link-gone-text = Puede que se cortara al copiarlo. Pídelo otra vez.
order-link-ended-title = Este enlace ha terminado
order-link-ended-text = Pide uno nuevo a quien te lo envió. ¿El pedido es tuyo? Entra en tu cuenta para verlo.
order-link-title = Enlace para seguir este pedido
order-link-until = Vale hasta el { $date }.
order-link-ran-out = Terminó el { $date }. Haz uno nuevo para volver a compartir este pedido.
order-link-off = Desactivado: nadie puede seguir este pedido con un enlace.
order-link-share = Compartir enlace
order-link-make = Hacer un enlace nuevo
order-link-renew = Enlace nuevo
order-link-stop = Dejar de compartir
order-link-renew-note = Un enlace nuevo termina este: quien lo tenga necesita el nuevo.
order-link-made = Hay un enlace nuevo
order-link-renewed = Hay un enlace nuevo; el anterior ha terminado
order-link-stopped = Ya no se comparte; el enlace ha terminado
order-link-failed = No funcionó. No cambió nada; inténtalo otra vez.
order-now-planned = { $shop } tiene tu pedido para más adelante.
order-now-awaiting_payment = A la espera de tu pago.
order-now-waits = Pagado. { $shop } espera tu mercancía el { $day }.
order-now-paid = Pagado. Ahora { $shop } lo prepara.
order-now-packed = Empaquetado por { $shop }, listo para salir.
order-now-shipped = En camino desde { $shop }.
order-now-delivered = Entregado.
order-now-settled = Entregado y cerrado.
order-now-cancelled = Cancelado. No se cobra nada.
order-now-returned = Devuelto.
order-now-disputed = Estamos mirando tu reclamación.
order-do-awaiting_payment = Tu pago aún no ha llegado
order-do-awaiting_payment-text = El banco no ha respondido. Nada se cobra dos veces; esta página cambia sola.
order-do-customs_held = La aduana necesita algo de ti
order-do-customs_held-text = { $place ->
    [none] { $carrier } retiene el paquete hasta que la aduana tenga respuesta. Llama con el número de seguimiento.
   *[other] El paquete está retenido en { $place } hasta que la aduana tenga respuesta. Llama a { $carrier } con el número de seguimiento.
  }
order-do-available_for_pickup = Recoge tu paquete
order-do-available_for_pickup-text = { $place ->
    [none] Te espera en el punto de recogida. Lleva el número de seguimiento.
   *[other] Te espera en { $place }. Lleva el número de seguimiento.
  }
order-do-delivery_failed = No había nadie en la puerta
order-do-delivery_failed-text = { $carrier } lo intenta otra vez. Llama con el número de seguimiento para elegir día.
order-do-exception = Algo detuvo el paquete
order-do-exception-text = { $carrier } avisa de un problema. Llama con el número de seguimiento.
order-do-expired = El transportista ha perdido de vista el paquete
order-do-expired-text = { $carrier } lleva mucho sin noticias. Escribe al taller; tu plazo de reclamación sigue abierto.
parcel-info_received = Transportista avisado
parcel-picked_up = Recogido en el taller
parcel-in_transit = En camino
parcel-customs = En la aduana
parcel-customs_held = Retenido por la aduana
parcel-customs_cleared = Aduana superada
parcel-out_for_delivery = En reparto
parcel-available_for_pickup = Listo para recoger
parcel-delivery_failed = No se pudo entregar
parcel-delivered = Entregado
parcel-returning = De vuelta
parcel-returned = De nuevo en el taller
parcel-exception = Detenido
parcel-expired = Sin más noticias
parcel-now-info_received = Empaquetado; ahora lo recoge el transportista.
parcel-now-picked_up = { $place ->
    [none] Recogido en el taller.
   *[other] Recogido en { $place }.
  }
parcel-now-in_transit = { $place ->
    [none] En camino.
   *[other] En camino, visto por última vez en { $place }.
  }
parcel-now-customs = { $place ->
    [none] En la aduana.
   *[other] En la aduana de { $place }.
  }
parcel-now-customs_held = { $place ->
    [none] Retenido por la aduana.
   *[other] Retenido por la aduana en { $place }.
  }
parcel-now-customs_cleared = { $place ->
    [none] Ha pasado la aduana.
   *[other] Ha pasado la aduana en { $place }.
  }
parcel-now-out_for_delivery = Hoy en reparto.
parcel-now-available_for_pickup = { $place ->
    [none] Listo para recoger.
   *[other] Listo para recoger en { $place }.
  }
parcel-now-delivery_failed = El transportista no encontró a nadie en la puerta.
parcel-now-delivered = { $place ->
    [none] Entregado.
   *[other] Entregado en { $place }.
  }
parcel-now-returning = De vuelta al taller.
parcel-now-returned = De nuevo en el taller.
parcel-now-exception = { $place ->
    [none] Detenido en el camino.
   *[other] Detenido en { $place }.
  }
parcel-now-expired = El transportista no tiene más noticias.

## Asking about pushes
push-ask-title = ¿Te avisamos cuando se mueva?
push-ask-example = Así se verá un aviso
push-ask-example-title = { $shop }: en camino
push-ask-example-body = Se espera de jueves a sábado. Toca para seguirlo.
push-ask-how-much = Qué pasos
push-ask-important = Importantes
push-ask-important-hint = Enviado, retenido, en reparto, entregado
push-ask-every-step = Todos los pasos
push-ask-every-step-hint = Cada lectura en el camino
push-ask-chosen = Mi selección
push-ask-chosen-hint = Los pasos que marques
push-ask-none = Ninguno
push-ask-none-hint = Este teléfono no suena
push-ask-yes = Avísame
push-ask-no = Ahora no
push-ask-on = Este teléfono suena cuando se mueva
push-ask-off = Este teléfono no suena
push-ask-blocked = Las notificaciones están bloqueadas para este sitio. Permítelas en los ajustes del navegador y vuelve.
push-ask-timeout = El servicio de avisos del navegador no respondió. Nada ha cambiado; prueba más tarde.
push-ask-failed = No funcionó ahora mismo. Nada ha cambiado; prueba más tarde.
push-ask-unsupported = Este navegador no recibe notificaciones. Los correos salen igualmente.
push-ask-install-first = En este teléfono las notificaciones funcionan cuando la app está en la pantalla de inicio.
push-steps = Pasos que avisan
push-step-delayed = Se retrasa
push-step-packed = Embalado
push-step-shipped = Enviado
push-step-cancelled = Cancelado
push-quiet = Horas de silencio
push-quiet-keep = No avisar de noche
push-quiet-hint = Las novedades esperan a la mañana; entonces solo se cuenta la última.
push-quiet-from = Desde
push-quiet-to = Hasta
push-saved = Guardado
push-mail-title = Cartas
push-mail-legend = Si ningún teléfono responde
push-mail-important = Escribidme
push-mail-important-hint = Los pasos importantes, una carta cada uno, al correo del pedido
push-mail-none = Sin cartas
push-mail-none-hint = Lo miras aquí cuando quieras
push-mail-unknown = La tienda guarda tu elección. La verás y podrás cambiarla con conexión.
push-mute = Silenciar este pedido
push-mute-hint = En todos tus teléfonos. Aquí lo sigues viendo.
push-muted = Este pedido ya no avisa
push-unmuted = Este pedido vuelve a avisar
notices-title = Notificaciones
notices-news = Qué ha pasado
notices-none = Aún no hay novedades
notices-none-text = Haz un pedido y cada paso del paquete aparecerá aquí, también sin conexión.
notices-rings = Qué avisa en este teléfono
notices-new = nuevo
push-ask-test = Enviar una prueba
push-ask-test-sent = Una prueba va en camino
install-title = Ten Sampan en tu pantalla de inicio
install-text = Se abre al instante, funciona sin conexión y sigue tus pedidos.
install-now = Instalar
install-step-share = Toca el botón Compartir del navegador
install-step-add = Elige «Añadir a pantalla de inicio»
install-step-open = Abre Sampan desde allí e inicia sesión

## Accounts
account-login = Iniciar sesión
account-login-intro = La cesta de este teléfono viene contigo.
account-login-instead = Ya tengo cuenta
account-register = Crear cuenta
account-register-intro = Tu cesta y tus pedidos siguen igual y se ven también en tus otros teléfonos.
account-register-instead = Crear una cuenta
account-registered = Tu cuenta está lista
account-welcome-back = Hola de nuevo
account-absorbed = { $count ->
    [one] Hola de nuevo. { $count } línea de tu cesta ha venido contigo
   *[other] Hola de nuevo. { $count } líneas de tu cesta han venido contigo
  }
account-email = Correo electrónico
account-email-invalid = Escribe un correo como ines@example.org.
account-password = Contraseña
account-password-new = Contraseña nueva
account-password-missing = Escribe tu contraseña.
account-password-short = { $count ->
    [one] Usa al menos { $count } letra.
   *[other] Usa al menos { $count } letras. Unas cuantas palabras son lo más fácil de recordar.
  }
account-password-hint = { $count ->
    [one] Al menos { $count } letra
   *[other] Al menos { $count } letras. Unas cuantas palabras son lo más fácil de recordar.
  }
account-wrong = El correo o la contraseña no es correcto. Nada ha cambiado.
account-taken = Ya hay una cuenta con este correo. Inicia sesión.
account-too-many = Demasiados intentos. Espera un minuto y reinténtalo.
account-unreachable = No hay conexión. No se ha perdido nada; reinténtalo cuando tengas red.
account-link-used = Este enlace ya se usó o ha caducado. Pide uno nuevo.
account-forgot = ¿Olvidaste la contraseña?
account-forgot-title = Contraseña nueva
account-forgot-intro = Te enviamos un enlace para elegir una nueva.
account-forgot-send = Enviar el enlace
account-forgot-sent = Mira tu correo
account-forgot-sent-text = Si { $email } tiene cuenta aquí, un enlace va en camino. Vale una hora.
account-forgot-again = Pedir un enlace nuevo
account-reset-title = Elige una contraseña nueva
account-reset-intro = Después, los otros teléfonos tendrán que iniciar sesión otra vez.
account-reset-save = Guardar la contraseña
account-reset-done = Tu contraseña nueva funciona
account-reset-done-text = Inicia sesión con ella en cada uno de tus teléfonos.
account-confirm-title = Correo electrónico
account-confirm-done = Tu correo está confirmado
account-confirm-done-text = Desde ahora los correos llegan ahí.
account-confirm-failed = Este enlace no funcionó
account-to-you = Ir a tu cuenta
address-title = Direcciones
address-none-title = Aún no hay direcciones
address-none-text = Guarda una y tramitarás en dos toques.
address-add = Dirección nueva
address-edit = Cambiar la dirección
address-removed = Dirección quitada
address-remove = Quitar la dirección de { $name }
address-waiting = En espera en este teléfono
address-country = País
address-country-missing = Elige un país.
address-name = Nombre completo
address-name-missing = Escribe para quién es el paquete.
address-line1 = Calle y número
address-line1-missing = Escribe calle y número.
address-line2-optional = Piso, puerta o empresa (opcional)
address-city = Ciudad
address-city-missing = Escribe la ciudad.
address-postcode = Código postal
address-postcode-missing = Escribe el código postal.
address-region = Estado o provincia
address-region-optional = Estado o provincia (opcional)
address-region-missing = Escribe el estado o la provincia.
address-phone-optional = Teléfono (opcional)
address-phone-hint = Solo para el transportista.
devices-title = Teléfonos y navegadores
devices-text = Cada uno de estos ve tu cesta y tus pedidos.
devices-unnamed = Un teléfono o navegador
devices-this = Este mismo
devices-seen = Visto { $when }
devices-sign-out = Cerrar sesión
devices-sign-out-others = Cerrar sesión en los demás
devices-sure = ¿Cerrar sesión?
devices-sure-text = Pierde su copia de tu cesta y tus pedidos y tendrá que iniciar sesión otra vez.
devices-sure-yes = Sí, cerrar sesión
devices-out = Sesión cerrada
devices-others-out = Sesión cerrada en todos los demás
you-title = Tú
you-guest = Compras como invitado
you-guest-text = Tu cesta vive en este teléfono. Con una cuenta se ve también en tus otros teléfonos.
you-signed-out = Tu sesión ha terminado
you-signed-out-text = Tu cesta sigue funcionando. Inicia sesión para ver pedidos nuevos.
you-shops = { $count ->
    [one] Vende en { $count } tienda
   *[other] Vende en { $count } tiendas
  }
you-sell = Empaquetar y enviar
you-sync = Cambios en este teléfono
you-settings = Ajustes
you-language = Idioma
you-country = Entregar en
you-currency = Moneda
you-theme = Aspecto
you-theme-system = Como el teléfono
you-theme-light = Claro
you-theme-dark = Oscuro
you-saver = Ahorro de datos
you-saver-text = Listas sin imágenes
you-data = Tus datos
you-data-text = Lo que tocas se queda en este teléfono y va al servidor de Sampan, a ningún otro sitio.
you-email = Cambiar el correo
you-email-text = Enviamos un enlace al correo nuevo. Vale cuando lo hayas abierto.
you-email-new = Correo nuevo
you-email-send = Enviar el enlace
you-email-sent = Un enlace va en camino a { $email }
you-email-pending = A la espera de confirmar { $email }
you-export = Guardar todos mis datos
you-delete = Borrar todo sobre mí
you-delete-sure = ¿Borrarlo todo?
you-delete-text = Cestas, direcciones y cuenta se borran al momento en todos los teléfonos. De los pedidos queda solo lo que exige la ley fiscal. No se puede deshacer.
you-delete-yes = Sí, borrarlo todo
you-deleted = Se ha borrado todo sobre ti
you-logout = Cerrar sesión
you-logged-out = Has cerrado sesión
you-logout-keep = Cerrar sesión y dejarlos aquí
you-logout-discard = Descartarlos y cerrar sesión
you-stay = Quedarme
you-unsent = { $count ->
    [one] { $count } cambio aún sin enviar
   *[other] { $count } cambios aún sin enviar
  }
you-unsent-text = Salen solos en cuanto este teléfono tenga conexión. Si cierras sesión antes, pueden esperar aquí hasta que vuelvas a iniciarla en este teléfono.
you-discard-sure = { $count ->
    [one] ¿Descartar { $count } cambio?
   *[other] ¿Descartar { $count } cambios?
  }
you-discard-text = Lo que la tienda aún no tiene se pierde para siempre.
you-discard-yes = Descartar y cerrar sesión
you-version = Sampan, un barco pequeño para lotes pequeños

## Sell
sell-title = Empaquetar y enviar
sell-by-state = Lotes por estado
sell-state-paid = Por empaquetar
sell-state-packed = Por enviar
sell-state-shipped = En camino
sell-state-delivered = Entregados
sell-none-paid = Nada que empaquetar
sell-none-packed = Nada que enviar
sell-none-shipped = Nada en camino
sell-none-delivered = Aún nada entregado
sell-none-text = Los lotes nuevos se ven aquí en cuanto se pagan.
sell-count = { $products ->
    [one] { $products } producto
   *[other] { $products } productos
  }, { $pieces ->
    [one] { $pieces } pieza
   *[other] { $pieces } piezas
  }
sell-now-waits = Espera mercancía prevista para el { $day }.
sell-waits-text = Cuando llegue, cuéntala en las existencias; entonces se puede preparar.
sell-now-planned = Previsto para más adelante.
sell-now-awaiting_payment = Aún sin pagar.
sell-now-paid = Pagado. Toca empaquetar.
sell-now-packed = Empaquetado. Toca entregarlo al transportista.
sell-now-shipped = En camino.
sell-now-delivered = Entregado.
sell-now-settled = Entregado y liquidado.
sell-now-cancelled = Cancelado. No lo envíes.
sell-now-returned = Devuelto.
sell-now-disputed = El comprador reclama.
sell-label = Va a
sell-packed = Empaquetado
sell-packed-done = Marcado como empaquetado
sell-tracking = Seguimiento
sell-tracking-text = Sin número lo lleva el transportista de la demo.
sell-tracking-number = Número de seguimiento (opcional)
sell-carrier = Transportista
sell-shipped = Enviado
sell-shipped-done = Marcado como enviado. El comprador lo sabe
sell-next = Después: { $state }
sell-move = Mover el paquete un paso
sell-moved = Un paso más
sell-tracking-doubted = Mira otra vez la etiqueta: una cifra o letra no concuerda con las demás.
sell-as-printed = Está impreso así: enviado
sell-papers = Documentos
sell-paper-invoice = Factura
sell-paper-packing-list = Lista de embalaje
sell-paper-customs = Declaración de aduana
sell-paper-label = Etiqueta
sell-paper-failed = No se pudo preparar este documento. Inténtalo cuando tengas conexión.
sell-failed = Esto no funcionó. El lote muestra cómo está.
sell-gone-title = No existe ese lote
sell-gone-text = Puede ser de otra tienda.
pick-title = Lista de recogida
pick-place = Lugar
pick-more = Hay más lotes en espera. Aparecerán cuando estos estén empaquetados.
pick-kept = Sin señal: la lista es de { $when }.
pick-progress = { $done } de { $all } líneas recogidas. Las marcas se quedan en este teléfono.
pick-done = Todo recogido: empaquetar
pick-pack = Empaquetar el primer lote
pack-title = Contar al empaquetar
pack-how = Escanea o escribe cada pieza, o toca su línea.
pack-code = Código de barras o SKU
pack-count = Contar
pack-of = { $done } de { $all }
pack-counted = En la caja: { $title }
pack-wrong = No es de este lote: { $code }. No se ha contado nada.
pack-full = Demasiados: ya está todo en la caja: { $title }.
pack-mistyped = Un dígito de { $code } es incorrecto. No se ha contado nada.
pack-undo = Sacar la última pieza
pack-undone = La última pieza está fuera otra vez.
pack-not-sent = Aún no enviado. La cuenta se guarda en este teléfono; toca de nuevo cuando haya conexión.
pack-camera = Escanear con la cámara
pack-camera-off = Cerrar la cámara
pack-camera-failed = No se puede usar la cámara. Escribe el código abajo.
pack-light = Luz
pack-light-off = Apagar la luz
pack-next = Preparar el siguiente
missing-tell = Faltan piezas
missing-title = Faltan en el estante
missing-text = Se corrige el recuento y el pedido espera, el primero de la fila. Se avisa a quien compró del nuevo día. Si quedan libres según el recuento, el pedido toma esas.
missing-pieces = Cuántas faltan
missing-pieces-wrong = Escribe un número hasta { $count }.
missing-day-wrong = Di qué día llegan más.
missing-send = Corregir
missing-not-sent = No se envió. Necesita conexión; no cambió nada.
missing-waits = El pedido espera a que lleguen más
missing-replaced = Quedan libres: toma esas

## Push and mail
push-date = { $month ->
    [jan] { $day } de enero
    [feb] { $day } de febrero
    [mar] { $day } de marzo
    [apr] { $day } de abril
    [may] { $day } de mayo
    [jun] { $day } de junio
    [jul] { $day } de julio
    [aug] { $day } de agosto
    [sep] { $day } de septiembre
    [oct] { $day } de octubre
    [nov] { $day } de noviembre
   *[dec] { $day } de diciembre
  }
push-range = { $from } – { $to }
push-brief = Toca para seguirlo.
push-delayed-title = { $shop }: se retrasa
push-delayed-body = Ahora sale a partir del { $when }. Toca para verlo.
push-packed-title = { $shop }: embalado
push-packed-body = Tu pedido sale pronto. Te avisamos cuando esté en camino.
push-shipped-title = { $shop }: en camino
push-shipped-body = Se espera: { $when }. Toca para seguirlo.
push-picked-up-title = { $shop }: recogido
push-picked-up-body = Se espera: { $when }. Toca para seguirlo.
push-in-transit-title = { $shop }: de viaje
push-in-transit-body = Se espera: { $when }. Toca para ver dónde está.
push-customs-title = { $shop }: en la aduana
push-customs-body = Un control en la frontera. Se espera: { $when }.
push-customs-held-title = { $shop }: la aduana pide algo
push-customs-held-body = El paquete espera tu respuesta en la frontera. Toca para ver qué piden.
push-customs-cleared-title = { $shop }: pasó la aduana
push-customs-cleared-body = Se espera: { $when }. Toca para seguirlo.
push-out-for-delivery-title = { $shop }: en reparto
push-out-for-delivery-body = Debería llegar hoy. Conviene que haya alguien para recibirlo.
push-available-for-pickup-title = { $shop }: listo para recoger
push-available-for-pickup-body = Te espera en el punto de recogida. Toca para ver dónde y hasta cuándo.
push-delivery-failed-title = { $shop }: sin entregar
push-delivery-failed-body = Nadie pudo recibirlo. Toca para ver qué sigue.
push-delivered-title = { $shop }: entregado
push-delivered-body = ¿Está todo como lo pediste? Toca para ver el pedido.
push-returning-title = { $shop }: de vuelta
push-returning-body = El paquete vuelve al taller. Toca para ver por qué.
push-returned-title = { $shop }: devuelto al taller
push-returned-body = Toca para ver qué pasa con tu dinero.
push-exception-title = { $shop }: un problema
push-exception-body = El transportista informa de un problema. Toca para ver qué sabemos.
push-cancelled-title = { $shop }: cancelado
push-cancelled-body = No llegará. Toca para ver qué pasa con tu dinero.
push-test-title = Este teléfono oye a Sampan
push-test-body = Así se verán los avisos de tus pedidos. No hay nada que hacer.
shell-description = Lotes pequeños de pequeños talleres, con el precio en tu puerta. Funciona sin conexión.
shell-orders = Pedidos
shell-cart = Carrito
mail-reset-subject = Una contraseña nueva para Sampan
mail-reset-body = Abre este enlace para elegir una contraseña nueva. Funciona una vez, durante una hora:
    { $link }

    Si no lo has pedido, no hagas nada: tu contraseña sigue igual.
mail-confirm-subject = Confirma tu correo en Sampan
mail-confirm-body = Abre este enlace para que { $email } sea la dirección de tu cuenta. Funciona una vez, durante una hora:
    { $link }

    Si no lo has pedido, no hagas nada.
mail-changed-subject = Ha cambiado el correo de tu cuenta de Sampan
mail-changed-body = Tu cuenta tiene ahora la dirección { $email }. Los avisos de tus pedidos llegan allí.

    Si no has sido tú, escríbenos enseguida.
mail-order-subject = Tu pedido { $numbers } en Sampan
mail-order-body = Gracias. Tu pedido está pagado y sus artesanos lo preparan.

    { $orders }

    Guarda los enlaces para ti: quien tenga uno puede seguir el pedido, sin ver tu nombre ni tu dirección.
mail-order-part = { $shop }, pedido { $number }: { $total }
    { $link }
mail-step-subject = { $title }, pedido { $number }
mail-step-body = { $body }
    { $link }

    Te escribimos porque ninguno de tus teléfonos recibe nuestras notificaciones.

    Guarda el enlace para ti: quien lo tenga puede seguir el pedido, sin ver tu nombre ni tu dirección.

# Rutas: lo prometido y lo que tardaron los paquetes
lanes-title = Prometido y cumplido
lanes-text = Días desde la entrega al transportista hasta la puerta, por ruta: paquetes que llegaron en el último año.
lanes-promised = Prometido
lanes-took = Tardaron, 8 de 10
lanes-half = La mitad ya había llegado
lanes-way = De { $from } a { $to }
lanes-within = Dentro de { $place }
lanes-on-time = { $percent } a tiempo
lanes-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
  }
lanes-says = Prometido: { $promised } días; tardaron { $took }; la mitad había llegado a los { $half }.
lanes-parcels = { $count ->
    [one] { $count } paquete
   *[other] { $count } paquetes
  }
lanes-newest = el último el { $date }
lanes-too-few = muy pocos para prometer con ellos
lanes-as-table = Como tabla
lanes-lane = Ruta
lanes-promised-days = Prometido, días
lanes-took-days = Tardaron, días (8 de 10)
lanes-half-days = La mitad había llegado, días
lanes-on-time-share = A tiempo
lanes-count = Paquetes
lanes-none = Aún no ha llegado ningún paquete
lanes-none-text = Cada paquete que llega a su puerta se cuenta aquí, ruta por ruta.

# La parte del operador
operate-title = Reglas y tarifas
operate-forbidden = Solo para el personal
operate-forbidden-text = Entra con una cuenta que pueda cuidar de las reglas.
operate-import = Importar un archivo
operate-all-rules = Todas las reglas
operate-pushes = Avisos enviados
operate-pushes-none = Ningún aviso en estos días
operate-pushes-none-text = En cuanto se mueva un pedido, sus avisos se cuentan aquí.
operate-pushes-says = Avisos: { $planned }. Llegaron a un teléfono: { $sent }; salieron por carta: { $mailed }. La mitad en { $median } s, 95 de 100 en { $p95 } s.
operate-pushes-says-untimed = Avisos: { $planned }. Llegaron a un teléfono: { $sent }; salieron por carta: { $mailed }.
operate-pushes-range = Días
operate-pushes-days = { $days } días
operate-pushes-by-day = Por día
operate-pushes-by-step = Por paso
operate-pushes-by-service = Por servicio de avisos
operate-pushes-phones = Teléfonos que se pueden avisar
operate-pushes-day = Día
operate-pushes-step = Paso
operate-pushes-step-test = Prueba
operate-pushes-planned = Previstos
operate-pushes-sent = Enviados
operate-pushes-mailed = Carta
operate-pushes-gone = Sin teléfono
operate-pushes-superseded = Hubo algo más nuevo
operate-pushes-expired = Tarde
operate-pushes-refused = Rechazados
operate-pushes-muted = Silenciados
operate-pushes-waiting = En espera
operate-pushes-other = Otros finales
operate-pushes-retries = Reintentos
operate-pushes-keys = Claves rechazadas
operate-pushes-paused = En pausa hasta { $when }
operate-pushes-no-service = Cartas, o sin dato
operate-changes-next = Lo que cambia pronto
operate-changes-none = No se sabe de nada que acabe o empiece.
operate-review-next = Lo que hay que releer
operate-review-none = Todo está releído.
operate-territories = Territorios aduaneros
operate-days-left = Días hasta la próxima revisión; después, los precios son estimaciones
operate-rows = Filas hoy
operate-duty-rates = Aranceles
operate-estimates = Estimaciones
operate-past-review = Sin revisar
operate-from-imports = Importadas
operate-read-on = Leído el { $date }
operate-read = leído el { $date }, hace { $days ->
    [one] { $days } día
   *[other] { $days } días
  }
operate-review = Releer antes del { $date }
operate-overdue = Había que releerla antes del { $date }: desde entonces es una estimación
operate-from-to = Del { $from } al { $to }
operate-from = Desde el { $from }
operate-to = Hasta el { $to }
operate-always = Sin primer ni último día
operate-state-holds = Vale hoy
operate-state-to_come = Por venir
operate-state-ended = Terminada
operate-state-overdue = Sin revisar
operate-confidence-firm = firme
operate-confidence-estimate = estimación
operate-imported = importada
operate-shipped = viene con Sampan
operate-kind-territories = Territorio
operate-kind-taxes = Impuesto
operate-kind-thresholds = Umbral
operate-kind-flat_duties = Arancel fijo
operate-kind-fees = Tasa
operate-kind-duty_rates = Arancel
operate-kind-layers = Arancel adicional
operate-kind-preferences = Preferencia
operate-kind-customs_rates = Cambio de aduana
operate-kind-zones = Zona de envío
operate-kind-cards = Tarifa de envío
operate-kind-dangerous_goods = Mercancía peligrosa
operate-find = Buscar
operate-find-hint = Por lo que empieza una columna: un código, un nombre, una fuente
operate-kind = Tipo
operate-state = Estado
operate-any = Todos los tipos
operate-search = Buscar
operate-nothing = No hay tal regla
operate-nothing-text = Prueba con menos cifras, otro tipo u otro estado.
operate-found = { $count ->
    [one] { $count } regla
   *[other] { $count } reglas
  }
operate-more = Ver más (quedan { $count })
operate-file = Un archivo de reglas
operate-file-text = Nuestro CSV, un código del arancel británico (JSON) o el arancel de Estados Unidos (CSV, JSON). Ves lo que cambiaría antes de que cambie nada.
operate-file-choose = Elegir un archivo
operate-file-reading = Leyendo…
operate-mistake = Línea { $line }, { $column }:
operate-import-done = Importado. Los nuevos precios lo usan
operate-import-forbidden = Tu cuenta puede leer las reglas, no cambiarlas.
operate-import-unreachable = No hubo respuesta. No cambió nada; inténtalo otra vez.
operate-report = { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
  } en el archivo
operate-added = Nuevas
operate-changed = Cambiadas
operate-confirmed = Releídas
operate-unchanged = Como antes
operate-touches-all = Afecta a todos los países. Precios abiertos: { $quotes }.
operate-touches = Afecta a { $countries }{ $more ->
    [0] {""}
   *[other] {" "}y { $more } más
  }. Precios abiertos: { $quotes }; se calculan de nuevo al pagar.
operate-skipped = Fuera: { $count }.
operate-line = línea { $line }
operate-take-in = Importarlo
operate-leave = Dejarlo
operate-history = Importaciones
operate-history-none = Aún no se importó nada
operate-history-none-text = Se usan las reglas que vienen con Sampan.
operate-counts = { $added } nuevas, { $changed } cambiadas, { $unchanged } como antes
operate-by-command = por línea de órdenes
operate-by-staff = por el personal
operate-withdraw = Retirar
operate-withdraw-ask = Lo que este archivo tapaba vuelve a valer enseguida.
operate-keep = Conservarlo
operate-withdrawn = Retirado
operate-withdrawn-at = Retirado el { $date }

codes-title = Códigos de mercancía
codes-which = Qué productos
codes-missing = Sin código
codes-all = Todos
codes-why = Sin su código nadie puede decirle el arancel a quien compra. Bastan seis cifras del Sistema Armonizado.
codes-none = Todos los productos tienen código
codes-none-text = Quien compra ve el arancel donde se conocen las reglas.
codes-unknown = Sin código: arancel desconocido
codes-find = Buscar código
codes-change = Cambiar
codes-words = ¿Qué es, y de qué?
codes-words-hint = En inglés, como “cotton shirt”, o las primeras cifras de un código
codes-take = Usar { $code }
codes-failed = No hubo respuesta. Inténtalo cuando tengas conexión.
codes-nothing = Ningún código tiene todas esas palabras. Prueba con menos, o con el material.
codes-care = La lista tiene capítulos, partidas y códigos frecuentes, no toda la nomenclatura. Tú respondes del código que eliges.
codes-done = { $title }: { $code }

compare-open = Comparar dos días
compare-text = Según las reglas de cada día, con los precios y cambios de hoy. Ninguno está prometido.
compare-first = Un día
compare-second = Otro día
compare-unknown = desconocido
compare-total = Se paga ahora
compare-gone = Ya no
compare-new = Nuevo
compare-same = Ninguna regla cambia entre esos días.
compare-failed = No hubo respuesta. Inténtalo cuando tengas conexión.

stock-title = Existencias
stock-search = Título o SKU
stock-search-go = Buscar
stock-low = Quedan pocas
stock-none = No hay nada
stock-none-low = Nada anda escaso
stock-none-text = Las cuentas vienen del catálogo, de un archivo o de tocar un lugar.
stock-with-maker = En el taller
stock-free = libres
stock-free-low = libres, pocas
stock-held = { $count } reservadas para pedidos
stock-held-more = { $count } están reservadas para pedidos; tiene que haber al menos esas.
stock-oldest = La más antigua lleva { $days } días
stock-on-hand = Piezas que hay
stock-low-mark = Pocas desde
stock-low-mark-hint = Desde tan pocas piezas libres se marca; 0: nunca.
stock-coming = { $count } llegan el { $day }, { $waiting } ya vendidas
stock-coming-day = Llegan más el
stock-coming-pieces = Cuántas llegan en total
stock-coming-hint = Se pueden pedir antes de que lleguen. Ya hay { $waiting } vendidas; 0: no vender más.
stock-whole = Escribe un número entero.
stock-save = Guardar
stock-counted = { $title }: hay { $count }
stock-age-30 = Hasta 30 días
stock-age-90 = De 31 a 90 días
stock-age-180 = De 91 a 180 días
stock-age-more = Más tiempo
stock-file = Cuentas de un archivo
stock-file-text = CSV con las columnas sku y on_hand y, si quieres, warehouse y low_mark.
stock-file-choose = Elegir un archivo
stock-file-looked = { $rows ->
    [one] Una cuenta
   *[other] { $rows } cuentas
}, { $changed } de ellas nuevas.
stock-file-take = Incorporarlas
stock-file-done = { $count ->
    [one] Cambió una cuenta
   *[other] Cambiaron { $count } cuentas
}
stock-file-wrong = No se ha incorporado nada. Corrige el archivo y elígelo otra vez.
stock-mistake = Línea { $line }, { $column }:
transfers-title = De camino a los almacenes
transfers-none = No hay nada de camino
transfers-none-text = Abre en Existencias el lugar propio de un producto para enviar piezas a un almacén cerca de tus compradores.
transfers-send = Enviar a un almacén
transfers-to = Almacén
transfers-pieces = Piezas
transfers-pieces-wrong = Escribe un número entero de 1 a { $count }; son las que hay libres.
transfers-expected = Llegada prevista
transfers-sent = De camino. Cuenta allí cuando el almacén lo reciba.
transfers-sent-on = Enviado el { $date }
transfers-expected-on = previsto el { $date }
transfers-on_the_way = De camino
transfers-customs = En la aduana
transfers-received = Recibido
transfers-difference = Se enviaron { $sent }: { $difference }
transfers-entry = Declaración de aduana
transfers-entry-hint = Como la llama la aduana, por ejemplo un MRN
transfers-at-customs = Está en la aduana
transfers-customs-done = Declaración anotada
transfers-arrived = Ha llegado
transfers-arrived-text = Cuenta lo que llegó. Es lo que hay allí desde ahora.
transfers-received-go = Recibido
transfers-received-done = Recibido y contado

# El mercado de prueba: el tiempo pasa con un toque
forward-title = Prueba: deja pasar el tiempo
forward-text = Aquí no se mueve ningún paquete real. Cada toque hace que ocurra lo siguiente; sin tocar, tarda días.
forward-received = Ahora: la mercancía llega a la tienda
forward-packed = Ahora: la tienda lo prepara
forward-shipped = Ahora: el transportista lo recoge
forward-parcel = Ahora: { $what } · { $place }
forward-sorted = Clasificado
forward-left = En camino al extranjero
forward-arrived = Llegada
forward-asking = Mirando qué viene ahora
forward-offline = Hace falta conexión.
forward-failed = No ha funcionado. Inténtalo de nuevo.

# Número bajo el código de barras
barcode-label = Número bajo el código de barras
barcode-save = Guardar código de barras
barcode-done = Código de barras guardado
barcode-mistyped = No es un número válido: 8, 12, 13 o 14 cifras, y la última debe encajar.
barcode-refused = No se ha guardado. Quizá otro producto tiene este número.
