## Ui
ui-less = إنقاص { $step }
ui-more = زيادة { $step }
ui-undo = تراجع
ui-close = إغلاق
ui-back = رجوع
ui-loading = جارٍ التحميل
ui-retry = أعد المحاولة
ui-save = حفظ
ui-cancel = إلغاء
ui-offline-title = لا يوجد اتصال
ui-offline-text = سلتك وطلباتك محفوظة على هذا الهاتف. أعد المحاولة عند عودة الاتصال.
ui-error-title = الخادم لا يجيب
ui-error-text = لم يضع شيء. أعد المحاولة بعد لحظات.
ui-share = مشاركة
ui-copied = تم النسخ
ui-gone-title = لم يعد هذا هنا
ui-gone-text = ربما أُزيل، أو أن الرابط ناقص.
ui-gone-search = ابحث في السوق

## App
app-skip = انتقل إلى المحتوى
app-places = الأقسام
app-home = الرئيسية
app-search = بحث
app-cart = السلة
app-orders = الطلبات
app-you = أنت
app-cart-count = { $count ->
    [zero] لا بنود في السلة
    [one] بند واحد في السلة
    [two] بندان في السلة
    [few] { $count } بنود في السلة
    [many] { $count } بندًا في السلة
   *[other] { $count } بند في السلة
  }
app-orders-moved = تحرّك شيء ما
app-needs-you = { $count ->
    [zero] لا تغييرات تحتاج إليك
    [one] تغيير واحد يحتاج إليك
    [two] تغييران يحتاجان إليك
    [few] { $count } تغييرات تحتاج إليك
    [many] { $count } تغييرًا يحتاج إليك
   *[other] { $count } تغيير يحتاج إليك
  }
app-not-found = لا شيء في هذا العنوان
app-not-found-text = قد يكون الرابط قديمًا. سلتك وطلباتك في مكانها.
app-to-home = إلى المتاجر
app-line-offline = { $waiting ->
    [0] دون اتصال. سلتك تعمل كالمعتاد
    [one] دون اتصال. تغيير واحد محفوظ على هذا الهاتف
    [two] دون اتصال. تغييران محفوظان على هذا الهاتف
    [few] دون اتصال. { $waiting } تغييرات محفوظة على هذا الهاتف
    [many] دون اتصال. { $waiting } تغييرًا محفوظًا على هذا الهاتف
   *[other] دون اتصال. { $waiting } تغيير محفوظ على هذا الهاتف
  }
app-line-sending = جارٍ الإرسال…
app-line-sent = أُرسل كل شيء
app-line-busy = { $waiting ->
    [zero] المتجر مشغول
    [one] المتجر مشغول. تغيير واحد محفوظ هنا
    [two] المتجر مشغول. تغييران محفوظان هنا
    [few] المتجر مشغول. { $waiting } تغييرات محفوظة هنا
    [many] المتجر مشغول. { $waiting } تغييرًا محفوظًا هنا
   *[other] المتجر مشغول. { $waiting } تغيير محفوظ هنا
  }
app-line-stuck = { $waiting ->
    [zero] لا شيء عالق
    [one] تعذّر إرسال تغيير واحد، وهو محفوظ هنا
    [two] تعذّر إرسال تغييرين، وهما محفوظان هنا
    [few] تعذّر إرسال { $waiting } تغييرات، وهي محفوظة هنا
    [many] تعذّر إرسال { $waiting } تغييرًا، وهي محفوظة هنا
   *[other] تعذّر إرسال { $waiting } تغيير، وهي محفوظة هنا
  }
app-line-sign-in = سجّل الدخول لإرسال الباقي
app-line-upgrade = حدّث التطبيق لمتابعة الإرسال
app-line-full = امتلأ هذا الهاتف. أفرغ بعض المساحة
app-unkept-full = لم يُحفظ: امتلأ هذا الهاتف. كل ما سبق محفوظ. أفرغ بعض المساحة ثم انقر مجددًا.
app-unkept = لم يُحفظ على هذا الهاتف. كل ما سبق محفوظ. انقر مجددًا.
app-restored = عاد كل شيء إلى هذا الهاتف
app-update = إصدار جديد جاهز
app-update-now = تحديث

## Cart
cart-title = السلة
cart-maker-unknown = الصانع غير معروف بعد
cart-goods-of = { $count ->
    [zero] البضاعة
    [one] البضاعة، بند واحد
    [two] البضاعة، بندان
    [few] البضاعة، { $count } بنود
    [many] البضاعة، { $count } بندًا
   *[other] البضاعة، { $count } بند
  }
cart-checkout = إتمام الطلب
cart-order-later = اطلب عند عودة الاتصال
cart-queued = طلب ينتظر الإرسال. ألقِ نظرة عليه
cart-empty = سلتك فارغة
cart-empty-text = ما تضعه فيها يُحفظ على هذا الهاتف فورًا، مع الشبكة أو من دونها.
cart-empty-shops = اعثر على صانع
cart-empty-wishlist = إلى قائمة الأمنيات
cart-a-piece = { $price } للقطعة
cart-price-later = السعر عند عودة الاتصال
cart-quantity = عدد قطع { $title }
cart-remove = إزالة { $title }
cart-removed = أُزيل { $title }
cart-to-wishlist = نقل { $title } إلى قائمة الأمنيات
cart-moved-to-wishlist = نُقل { $title } إلى قائمة الأمنيات
cart-make-it = اجعلها { $quantity }
cart-answer-later = المخزون والسعر عند عودة الاتصال
cart-answer-unlisted = لم يعد يُباع. أزله لإتمام الطلب
cart-answer-minimum = يُباع ابتداءً من { $minimum } قطع
cart-answer-steps = يأتي في عبوات من { $step }
cart-answer-maximum = { $maximum } على الأكثر في الطلب الواحد
cart-answer-sold-out = { $available ->
    [0] نفد حاليًا
    [one] بقيت قطعة واحدة، وهي أقل من الحد الأدنى
    [two] بقيت قطعتان، وهما أقل من الحد الأدنى
    [few] بقيت { $available } قطع، وهي أقل من الحد الأدنى
    [many] بقيت { $available } قطعة، وهي أقل من الحد الأدنى
   *[other] بقيت { $available } قطعة، وهي أقل من الحد الأدنى
  }
cart-answer-short = { $available } الآن، و{ $missing } غير متوفرة بعد
cart-answer-fell = انخفض السعر إلى { $price } بعد أن كان { $before }
cart-answer-rose = ارتفع السعر إلى { $price } بعد أن كان { $before }
cart-answer-tier = أضف { $more } فتصبح القطعة بسعر { $price }
cart-sums = المجاميع

## Sync
sync-title = التغييرات على هذا الهاتف
sync-state-waiting = ينتظر على هذا الهاتف
sync-state-sent = أُرسل
sync-state-confirmed = مؤكَّد
sync-state-needs-you = يحتاج إليك
sync-empty = لا شيء ينتظر
sync-empty-text = كل تغيير تجريه يظهر هنا حتى يؤكده المتجر.
sync-needs-you = لتلقي نظرة عليه
sync-on-this-phone = في الطريق
sync-confirmed = مؤكَّد
sync-as-of = حتى { $when }
sync-now = أرسل الآن
sync-export = احفظ في ملف
sync-export-text = كل التغييرات المحفوظة على هذا الهاتف بصيغة JSON، دون أي كلمة مرور.
sync-dismiss = فهمت
sync-action-keep = أبقِها
sync-action-remove = أزلها
sync-merged = { $kept ->
    [zero] لم يتغير شيء.
    [one] أضاف هاتف آخر لك قطعة واحدة لم يرها هذا الهاتف. أُبقيت.
    [two] أضاف هاتف آخر لك قطعتين لم يرهما هذا الهاتف. أُبقيتا.
    [few] أضاف هاتف آخر لك { $kept } قطع لم يرها هذا الهاتف. أُبقيت.
    [many] أضاف هاتف آخر لك { $kept } قطعة لم يرها هذا الهاتف. أُبقيت.
   *[other] أضاف هاتف آخر لك { $kept } قطعة لم يرها هذا الهاتف. أُبقيت.
  }
sync-merged-remove = { $kept ->
    [zero] أزلت هذا.
    [one] أزلت هذا، لكن هاتفًا آخر لك أضاف قطعة واحدة. أُبقيت.
    [two] أزلت هذا، لكن هاتفًا آخر لك أضاف قطعتين. أُبقيتا.
    [few] أزلت هذا، لكن هاتفًا آخر لك أضاف { $kept } قطع. أُبقيت.
    [many] أزلت هذا، لكن هاتفًا آخر لك أضاف { $kept } قطعة. أُبقيت.
   *[other] أزلت هذا، لكن هاتفًا آخر لك أضاف { $kept } قطعة. أُبقيت.
  }
sync-superseded = غيّر هاتف آخر لك هذا لاحقًا، وعدده هو المعتمد.
sync-superseded-too-old = مضى وقت طويل على هذا فلا يغيّر ما جاء بعده.
sync-moved = طُلبت السلة في هذه الأثناء. انتقل هذا إلى سلتك الجديدة.
sync-working = جارٍ تسجيل طلبك.
sync-applied = تم.
sync-why-old = مضى على هذا أكثر من 90 يومًا. أعده إن كنت ما زلت تريده.
sync-why-sign-in = سجّل الدخول ثم أعد هذا.
sync-why-cart-ordered = طُلبت السلة قبل وصول هذا. لم يتغير شيء في الطلب.
sync-why-price-changed = تجاوز السعر ما وافقت عليه. لم يُخصم شيء.
sync-why-stock = المخزون لا يكفي. لم يُخصم شيء.
sync-why-authenticate = يريد مصرفك تأكيدًا منك. لم يُخصم شيء بعد.
sync-why-declined = رُفض الدفع. لم يُخصم شيء.
sync-why-quote-expired = انتهت مدة العرض. لم يُخصم شيء.
sync-why-cart-changed = تغيّرت السلة. لم يُطلب شيء ولم يُخصم شيء.
sync-why-closed = لم يعد المتجر يبيع هذا. لم يُخصم شيء.
sync-why-unknown-kind = لا يعرف المتجر هذا النوع من التغيير.
sync-why-unknown-line = لم يعد هذا يُباع.
sync-why-unknown-cart = لم تعد هذه السلة معروفة.
sync-why-too-late = كان الطلب قيد التسجيل بالفعل.
sync-why-too-many-lines = تتسع السلة لـ500 بند على الأكثر.
sync-why-other = لم يقبل المتجر هذا ({ $why }).
sync-op-cart-add = { $less ->
    [yes] إنقاص { $quantity } من { $thing }
   *[no] زيادة { $quantity } من { $thing }
  }
sync-op-cart-set = { $quantity } من { $thing }
sync-op-cart-remove = إزالة { $thing }
sync-op-cart-note = ملاحظة على { $thing }
sync-op-wishlist-put = إضافة { $thing } إلى قائمة الأمنيات
sync-op-wishlist-remove = إزالة { $thing } من قائمة الأمنيات
sync-op-address-put = حُفظ العنوان
sync-op-address-remove = أُزيل العنوان
sync-op-prefs-set = تغيّر إعداد
sync-op-message-send = رسالة
sync-op-checkout-place = طلب ينتظر التسجيل
sync-op-checkout-withdraw = سُحب الطلب
sync-op-outcome-dismiss = قُرئ الإشعار
sync-op-other = تغيير ({ $kind })
sync-op-other-phone = تغيير من هاتف آخر

## Home
home-lead = دفعات صغيرة من صنّاع حول العالم، وكل تكلفة معلومة قبل أن تضغط.
home-search = ابحث عن صنّاع ومنتجات
home-shops = متاجر صغيرة متخصصة
home-products = جديد السوق
home-on-its-way = في الطريق
home-others-on-the-way = { $count ->
    [zero] لا طلبات أخرى في الطريق
    [one] طلب آخر في الطريق
    [two] طلبان آخران في الطريق
    [few] { $count } طلبات أخرى في الطريق
    [many] { $count } طلبًا آخر في الطريق
   *[other] { $count } طلب آخر في الطريق
  }
home-reorder = اطلب مجددًا
home-last-time = { $count ->
    [zero] لا شيء في المرة السابقة
    [one] قطعة واحدة في المرة السابقة
    [two] قطعتان في المرة السابقة
    [few] { $count } قطع في المرة السابقة
    [many] { $count } قطعة في المرة السابقة
   *[other] { $count } قطعة في المرة السابقة
  }

## Catalogue
catalog-from = من { $count }
catalog-products = { $count ->
    [zero] لا منتجات
    [one] منتج واحد
    [two] منتجان
    [few] { $count } منتجات
    [many] { $count } منتجًا
   *[other] { $count } منتج
  }
search-title = بحث
search-placeholder = شاي، مصباح، دفتر…
search-filter = تصفية
search-sort = رتّب حسب
search-sort-relevance = الأقرب
search-sort-newest = الأحدث
search-sort-price-asc = الأقل سعرًا
search-sort-price-desc = الأعلى سعرًا
search-by-category = النوع
search-by-origin = صُنع في
search-by-shop = الصانع
search-show = عرض المنتجات
search-count = { $count ->
    [zero] لا منتجات
    [one] منتج واحد
    [two] منتجان
    [few] { $count } منتجات
    [many] { $count } منتجًا
   *[other] { $count } منتج
  }
search-many = { $count ->
    [zero] لا منتجات
    [one] المنتج الأول
    [two] أول منتجين
    [few] أول { $count } منتجات
    [many] أول { $count } منتجًا
   *[other] أول { $count } منتج
  }
search-offline = { $count ->
    [zero] لا يوجد اتصال. لا شيء مما حُفظ على هذا الهاتف يطابق البحث
    [one] لا يوجد اتصال. منتج واحد محفوظ على هذا الهاتف
    [two] لا يوجد اتصال. منتجان محفوظان على هذا الهاتف
    [few] لا يوجد اتصال. { $count } منتجات محفوظة على هذا الهاتف
    [many] لا يوجد اتصال. { $count } منتجًا محفوظًا على هذا الهاتف
   *[other] لا يوجد اتصال. { $count } منتج محفوظ على هذا الهاتف
  }
search-none = لا شيء عن «{ $query }»
search-none-filter = لا شيء هنا
search-none-text = جرّب كلمة أخرى، أو أزل أحد عوامل التصفية.
search-none-offline = يحفظ هذا الهاتف المتاجر التي زرتها. ابحث مجددًا عند عودة الاتصال.
search-all = عرض كل شيء
search-more = عرض المزيد
search-more-failed = لم تصل المنتجات التالية. أعد المحاولة.
shop-title = متجر
shop-founded = منذ { $year }
shop-story = قصة الصانع
shop-empty = لا شيء هنا حاليًا
shop-offline = لا يوجد اتصال. هذه هي المنتجات المحفوظة على هذا الهاتف.
wishlist-title = قائمة الأمنيات
wishlist-empty-title = لا شيء في قائمة الأمنيات
wishlist-empty-text = اضغط القلب على منتج لتحفظه هنا. يعمل ذلك دون اتصال أيضًا.
wishlist-browse = تجوّل في السوق
wishlist-removed = أُزيل من قائمة الأمنيات
wishlist-remove = إزالة { $title } من قائمة الأمنيات

## Product
product-title = منتج
product-wish = احفظ في قائمة الأمنيات
product-kept = لا يوجد اتصال. الأسعار كما في { $when }.
product-tiers = السعر حسب الكمية
product-tier = من { $count }
product-at-door = القطعة عند بابك
product-at-door-about = القطعة عند بابك، تقريبًا
product-door = { $price } للقطعة عند الباب
product-door-about = نحو { $price } للقطعة عند الباب
product-quantity = الكمية
product-pieces = { $count ->
    [zero] لا قطع
    [one] قطعة واحدة
    [two] قطعتان
    [few] { $count } قطع
    [many] { $count } قطعة
   *[other] { $count } قطعة
  }
product-rule = { $step ->
    [1] الحد الأدنى للطلب: { $minimum }.
   *[other] الحد الأدنى للطلب: { $minimum }، ثم في عبوات من { $step }.
  }
ships-from-day = يُرسل ابتداءً من { $day }
product-in-stock = { $available } جاهزة للإرسال من { $place }
product-short-stock = { $available } فقط جاهزة في { $place }.
product-sold-out = نفد في الوقت الحالي
product-goods = البضاعة قبل الشحن
product-in-cart = { $count ->
    [zero] لا شيء في سلتك
    [one] قطعة واحدة في سلتك
    [two] قطعتان في سلتك
    [few] { $count } قطع في سلتك
    [many] { $count } قطعة في سلتك
   *[other] { $count } قطعة في سلتك
  }
product-add = أضف { $count } إلى السلة
product-added = { $count ->
    [zero] لم يُضَف شيء
    [one] أُضيفت قطعة واحدة إلى السلة
    [two] أُضيفت قطعتان إلى السلة
    [few] أُضيفت { $count } قطع إلى السلة
    [many] أُضيفت { $count } قطعة إلى السلة
   *[other] أُضيفت { $count } قطعة إلى السلة
  }
product-facts = المنشأ والتفاصيل
product-origin = صُنع في
product-options = الطراز
product-weight = وزن القطعة
product-packs = العبوة
product-code = الرمز الجمركي
product-code-none = غير معروف بعد
product-number = الرقم
product-rate = سعر الصرف
product-safety = السلامة
product-manufacturer = المُصنِّع
product-address = جهة الاتصال
product-warnings = تحذيرات
product-warnings-none = لا توجد

## Landed cost
landed-title = إلى بابك في { $country }
landed-where = إلى أين؟
landed-change = تغيير
landed-choose = اختيار
landed-country = البلد
landed-currency = العملة
landed-piece = القطعة عند بابك
landed-piece-about = القطعة عند بابك، نحو
landed-piece-part = القطعة دون رسوم وضريبة
landed-piece-goods = القطعة، البضاعة وحدها
landed-part-goods = البضاعة
landed-part-freight = الشحن
landed-part-duty = الرسوم الجمركية
landed-part-tax = الضريبة
landed-part-fees = رسوم أخرى
landed-times = { $count } × { $price }
landed-not-known = غير معروف
landed-at-door = عند الباب
landed-range = بين { $low } و{ $high }
landed-waiting-asking = جارٍ السؤال…
landed-waiting-offline = لاحقًا
landed-waiting-nowhere = إلى أين؟
landed-waiting-failed = غير معروف
landed-waiting-known = غير معروف
landed-sum = المجموع
landed-sum-about = المجموع، نحو
landed-total = المجموع حتى بابك
landed-total-about = المجموع حتى بابك، نحو
landed-total-now = تدفع الآن
landed-total-now-about = تدفع الآن، نحو
landed-total-without = المجموع دون رسوم وضريبة
landed-total-goods = البضاعة
landed-door-nothing = لا شيء آخر يُدفع عند الباب.
landed-door-asks = سيُطلب عند الباب نحو { $amount }.
landed-door-unknown = ما سيُطلب عند الباب غير معروف.
landed-estimate = إحدى القواعد وراء هذا تقديرية. ما تدفعه الآن يثبت عند إتمام الطلب.
landed-on-phone = حُسب على هذا الهاتف بقواعد { $day }. والسعر سعر المتجر.
landed-offline = ثمن البضاعة معروف. الشحن والرسوم والضريبة تأتي مع أول إشارة.
landed-failed = لم يعطِ المتجر سعرًا الآن.
landed-not-carried = لا أحد ينقل هذا إلى { $country } بعد.
landed-line-not-carried = لا أحد ينقل { $title } هكذا إلى { $country }.
landed-days = نحو { $from } إلى { $to } يومًا
landed-travel = { $service }، نحو { $from } إلى { $to } يومًا
landed-travel-title = كيف يسافر
landed-travel-legend = طرد من { $shop }
landed-travel-priced = { $service }، { $price }
landed-travel-all = يسافر هكذا كل طرد في السلة يمكنه ذلك.
origin-only = يُرسل من { $place }: البضاعة ليست في مكان آخر.
origin-split = أحد عدة طرود، من { $place }: لا مكان واحدًا فيه كل شيء.
origin-split-than = أحد عدة طرود، من { $place }: وهي معًا أفضل من طرد واحد من { $other }.
origin-cheaper_and_sooner-than = يُرسل من { $place }: أقل بمبلغ { $money } منه من { $other }، و{ $days ->
    [0] في الوقت نفسه
    [one] أبكر بيوم
    [two] أبكر بيومين
    [few] أبكر بـ { $days } أيام
   *[other] أبكر بـ { $days } يومًا
}.
origin-cheaper-than = يُرسل من { $place }: أقل بمبلغ { $money } منه من { $other }، لكن { $days ->
    [one] بعده بيوم
    [two] بعده بيومين
    [few] بعده بـ { $days } أيام
   *[other] بعده بـ { $days } يومًا
}.
origin-sooner-than = يُرسل من { $place }: { $days ->
    [one] أبكر بيوم
    [two] أبكر بيومين
    [few] أبكر بـ { $days } أيام
   *[other] أبكر بـ { $days } يومًا
} منه من { $other }، بزيادة { $money }.
origin-known-than = يُرسل من { $place }: فمن { $other } لا يعرف أحد ما تطلبه الجمارك.
landed-service-post = البريد
landed-service-express = سريع
landed-service-consolidated = مع طرود أخرى
landed-refused = غير ممكن.
landed-refused-dangerous = غير ممكن: بضاعة خطرة ({ $un }).
landed-refused-pieces = غير ممكن: على الأكثر { $limit } من القطع الخطرة ({ $un }) في الطرد.
landed-refused-grams = غير ممكن: على الأكثر { $limit } من البضاعة الخطرة ({ $un }) في الطرد.
landed-refused-long = غير ممكن: أطول من { $limit }.
landed-refused-heavy = غير ممكن: ثقيل جدًا.
landed-refused-large = غير ممكن: كبير جدًا.
landed-terms-title = متى تدفع الرسوم والضريبة؟
landed-terms-legend = ما تطلبه الحدود
landed-terms-ddp = مع الطلب
landed-terms-dap = عند الباب
landed-terms-now = { $now } الآن، ولا شيء عند الباب
landed-terms-both = { $now } الآن، ونحو { $door } عند الباب
landed-terms-open = { $now } الآن، والباقي غير معروف
landed-terms-all = يسري على كل طرد في السلة رسومه وضريبته معروفة.
landed-room = وزنه { $weight } ويشغل حيّز { $room }؛ يحسب الناقل الحيّز.
landed-rules = كيف حُسب هذا
landed-business = لأنك تشتري كشركة:
rule-exchange = تُحوَّل الأسعار بسعر { $rate }.
rule-exchange-customs = يحسب مكتب الجمارك { $rate }.
rule-freight = { $name }: { $rate }، عن { $weight }.
rule-duty = الرسوم على بضاعة الرمز { $name }: { $rate }.
rule-duty-free = بضاعة الرمز { $name } معفاة من الرسوم.
rule-preference = يخفض { $name } الرسوم إلى { $rate } لأن المنشأ مثبت.
rule-preference-free = بموجب { $name } البضاعة معفاة من الرسوم لأن المنشأ مثبت.
rule-preference_possible = بإثبات المنشأ يخفض { $name } الرسوم إلى { $rate }.
rule-preference_possible-free = بإثبات المنشأ يعفي { $name } البضاعة من الرسوم.
rule-layer = فوق ذلك: { $name }، { $rate }.
rule-flat_duty = رسم ثابت { $rate } يحل محل التعريفة.
rule-duty_relief = حتى { $rate } لا تُطلب رسوم.
rule-tax = { $name } في { $country }: { $rate }.
rule-tax_relief = حتى { $rate } لا تُطلب ضريبة.
rule-tax_at_sale = حتى { $rate } يأخذ البائع الضريبة مع البيع ولا تطلبها الحدود.
rule-reverse_charge = لا تُحصَّل { $name } ({ $rate }): تُصرّح بها بنفسك.
rule-no_border = لا حدود في الطريق: { $name }.
rule-fee = { $name }: { $rate }.
rule-advance_fee = يدفع { $name } عند الحدود أولًا ويأخذ مقابل ذلك { $rate }.
rule-unknown-hs = الرسوم غير معروفة: لم يصنّف الصانع { $title } بعد.
rule-unknown-duty = الرسوم غير معروفة: تعريفة { $country } التي لدينا لا تذكر { $title }.
rule-unknown-tax = الضريبة غير معروفة: ليس لدينا معدل { $country }.
rule-unknown-territory = الرسوم والضريبة غير معروفة: ليس لدينا قواعد { $country }.
rule-unknown-exchange = الرسوم والضريبة غير معروفة: ليس لدينا سعر صرف إلى { $country }.
rule-range = بين { $low } و{ $high }؛ نحسب الأعلى.
rule-ask-textile = الحاسم: المادة، وهل هو محبوك أم منسوج. اسأل الصانع عن الرمز الجمركي الكامل.
rule-ask-material = الحاسم: ممّ صُنع. اسأل الصانع عن الرمز الجمركي الكامل.
rule-ask-material-price = الحاسم: ممّ صُنع، وكثيرًا ما يكون حجمه أو ثمنه. اسأل الصانع عن الرمز الجمركي الكامل.
rule-ask-kind = الحاسم: ما هو بالضبط. اسأل الصانع عن الرمز الجمركي الكامل.
rule-none = لا يُطلب شيء هنا.
rule-source = المصدر: { $source }، بتاريخ { $date }
rule-firm = مؤكَّد.
rule-estimate = تقديري.
rule-unknown = غير معروف.
rule-from = من { $from }.
rule-to = حتى { $to }.
rule-from-to = من { $from } إلى { $to }.
rule-review = يُقرأ من جديد قبل { $date }.
rule-overdue = كان يجب أن يُقرأ من جديد قبل { $date }.
rate-free = معفى
rate-at-least = على الأقل
rate-min = على الأقل
rate-max = على الأكثر
business-flat_duty = الرسم الثابت { $rate } للأفراد؛ وتسري التعريفة.
business-duty_relief = الأفراد وحدهم لا يدفعون رسومًا حتى { $rate }.
business-tax = لا تُحصَّل { $name } ({ $rate }).
business-tax_relief = الأفراد وحدهم لا يدفعون ضريبة حتى { $rate }.
business-tax_at_sale = لا يأخذ البائع الضريبة مع البيع.
business-fee = لا يُطلب { $name } ({ $rate }).
business-other = لا يسري { $name } ({ $rate }).
buyer-title = من يشتري؟
buyer-person = فرد
buyer-business = شركة
buyer-company = الشركة (اختياري)
buyer-vat = رقم ضريبة القيمة المضافة (اختياري)
buyer-eori = رقم EORI (اختياري)
buyer-number-hint = مثلًا { $example }
buyer-vat-wrong = يشبه رقم ضريبة القيمة المضافة { $example }.
buyer-eori-wrong = رقم EORI حرفان لبلد ثم 15 حرفًا أو رقمًا على الأكثر.
buyer-note = بعض القواعد للأفراد وحدهم. يقول السعر أيها يتغير.

## Checkout
checkout-title = إتمام الطلب
checkout-empty-title = لا شيء لتطلبه
checkout-empty-text = سلتك فارغة. ما طلبته سابقًا تجده في الطلبات.
checkout-deliver = التسليم إلى
checkout-which = محفوظة على هذا الهاتف
checkout-elsewhere = مكان آخر
checkout-keep = احفظه للمرة القادمة
checkout-email = البريد الإلكتروني
checkout-email-hint = للتأكيد ولرابط تتبّع الطرد.
checkout-payment = الدفع
checkout-sandbox = دفع تجريبي: لا تتحرك أموال حقيقية.
checkout-card = بطاقة تجريبية
checkout-card-ok = بطاقة تعمل
checkout-card-declined = بطاقة تُرفض
checkout-card-challenge = بطاقة يطلب مصرفها تأكيدك
checkout-card-timeout = بطاقة يتأخر ردّها طويلًا
checkout-bill = التكلفة
checkout-frozen = هذا السعر ثابت حتى { $time }.
checkout-last-price = آخر سعر أعطاك إياه المتجر. لن يُخصم أكثر منه.
checkout-no-quote = لم يصل السعر. سلتك محفوظة.
checkout-no-price = لا سعر بعد
checkout-reckoning = جارٍ حساب السعر…
checkout-where-first = اختر بلدًا أولًا
checkout-line-problem = لا يمكن طلب { $title } بهذا الشكل. غيّره في السلة.
checkout-pay = ادفع { $amount }
checkout-later = اطلب عند عودة الاتصال
checkout-at-most = يُخصم { $amount } على الأكثر.
checkout-limit = أقصى ما تدفعه
checkout-limit-text = لا يمكن سؤال المتجر دون اتصال. لا يُسجَّل الطلب إلا إذا بقيت البضاعة والشحن والرسوم والضريبة دون هذا المبلغ.
checkout-limit-reckoned = حسب هذا الهاتف السعر بقواعد يحفظها. لا يُسجَّل الطلب إلا إذا بقي سعر المتجر دون هذا المبلغ.
checkout-limit-most = على الأكثر
checkout-limit-share = البضاعة وما يصل إلى { $share } % فوقها
checkout-limit-share-reckoned = ما حسبه هذا الهاتف وما يصل إلى { $share } % فوقه
checkout-challenge-title = هل هذا أنت؟
checkout-challenge-text = يسأل المصرف التجريبي قبل أن يتحرك المال. لم يُخصم شيء بعد.
checkout-challenge-yes = تأكيد، هذا أنا
checkout-challenge-no = لا، توقف
checkout-queued-title = طلبات تنتظر التسجيل
checkout-queued-waiting = الطلب محفوظ على هذا الهاتف
checkout-queued-waiting-text = يُرسل فور عودة الاتصال.
checkout-queued-queued = وصل الطلب
checkout-queued-queued-text = جارٍ التحقق من السعر.
checkout-queued-working = جارٍ تسجيل طلبك
checkout-queued-working-text = جارٍ التحقق من المخزون والدفع.
checkout-withdraw = اسحب الطلب
checkout-withdrawn = سُحب الطلب. سلتك كما كانت.
checkout-again = ألقِ نظرة مجددًا
checkout-dismiss = فهمت
checkout-why-price-changed = ارتفع السعر
checkout-why-price-changed-text = لم يُخصم شيء. السعر الجديد في الأعلى؛ اضغط مجددًا إن كان يناسبك.
checkout-why-dearer = ارتفع السعر
checkout-why-dearer-text = لم يُخصم شيء. السعر الجديد على الزر؛ اضغط مجددًا إن كان يناسبك.
checkout-why-stock = المخزون لا يكفي
checkout-why-stock-text = لم يُخصم شيء. غيّر الكمية في السلة.
checkout-why-authenticate = يريد مصرفك تأكيدًا منك
checkout-why-authenticate-text = لم يُخصم شيء. اطلب مجددًا وأكّد الدفع.
checkout-why-declined = رُفضت البطاقة
checkout-why-declined-text = لم يُخصم شيء وسلتك كما كانت. جرّب بطاقة أخرى.
checkout-why-not-confirmed = لم يُؤكَّد الدفع
checkout-why-not-confirmed-text = لم يُخصم شيء وسلتك كما كانت.
checkout-why-quote-expired = انتهت مدة السعر
checkout-why-quote-expired-text = لم يُخصم شيء. هذا هو السعر الجديد؛ اضغط مجددًا إن كان يناسبك.
checkout-why-cart-changed = تغيّرت سلتك
checkout-why-cart-changed-text = لم يُخصم شيء. غيّر هاتف آخر السلة، وهذا وضعها الآن.
checkout-why-cart-ordered = طُلبت هذه السلة بالفعل
checkout-why-cart-ordered-text = لم يُخصم شيء مرتين. تجد الطلب في الطلبات.
checkout-why-closed = لا يمكن طلب هذا الآن
checkout-why-closed-text = لم يُخصم شيء. أُغلق منتج أو خط شحن.
checkout-why-invalid = شيء في النموذج غير صحيح
checkout-why-invalid-text = لم يُخصم شيء. راجع العنوان والبريد الإلكتروني.
checkout-why-too-many-requests = محاولات كثيرة
checkout-why-too-many-requests-text = لم يُخصم شيء. انتظر دقيقة ثم أعد المحاولة.
checkout-why-sign-in = سجّل الدخول لتطلب
checkout-why-sign-in-text = لم يُخصم شيء. سجّل الدخول ثم اطلب مجددًا.
checkout-why-old = هذا الطلب قديم جدًا
checkout-why-old-text = لم يُخصم شيء. اطلب مجددًا إن كنت ما زلت تريده.
checkout-why-unsure = انقطع الخط أثناء الطلب
checkout-why-unsure-text = اضغط مجددًا: لا يُسجَّل الطلب نفسه مرتين أبدًا.
checkout-why-failed = لم يتم الطلب
checkout-why-failed-text = واجه الخادم مشكلة. اضغط مجددًا: لا يُسجَّل الطلب نفسه مرتين أبدًا.

## Orders
order-list-title = الطلبات
order-title = الطلب { $number }
order-moving = في الطريق
order-past = وصلت وأُغلقت
order-none-title = لا طلبات بعد
order-none-text = ما تطلبه يظهر هنا مع كل خطوة في طريقه.
order-none-guest = ما تطلبه يظهر هنا مع كل خطوة في طريقه. طلبت من هاتف آخر؟ سجّل الدخول لتراه.
order-none-browse = اعثر على شيء
order-progress = التقدّم نحو بابك
order-placed = { $count ->
    [zero] تم الطلب. شكرًا لك!
    [one] تم الطلب. شكرًا لك!
    [two] تم الطلب من صانعين. شكرًا لك!
    [few] تم الطلب من { $count } صنّاع. شكرًا لك!
    [many] تم الطلب من { $count } صانعًا. شكرًا لك!
   *[other] تم الطلب من { $count } صانع. شكرًا لك!
  }
order-placed-text = التأكيد في طريقه إلى بريدك.
order-placed-others = { $count ->
    [zero] عرض الطلبات
    [one] عرض الطلب الآخر
    [two] عرض الطلبين الآخرين
    [few] عرض الطلبات الـ{ $count } الأخرى
    [many] عرض الطلبات الـ{ $count } الأخرى
   *[other] عرض الطلبات الـ{ $count } الأخرى
  }
order-expected = متوقع { $when }.
order-eta-lane = وصل ما لا يقل عن { $share } من كل 10 طرود على هذا الطريق في هذه الأيام (محسوبة على آخر { $trips }).
order-eta-first = تقدير شركة الشحن نفسها؛ لم يسلك أي طرد من طرودنا هذا الطريق بعد.
order-eta-few = { $count ->
    [zero] تقدير شركة الشحن نفسها؛ لم يسلك أي طرد من طرودنا هذا الطريق بعد.
    [one] تقدير شركة الشحن نفسها؛ سلك طرد واحد من طرودنا هذا الطريق حتى الآن ({ $count }).
    [two] تقدير شركة الشحن نفسها؛ سلك طردان من طرودنا هذا الطريق حتى الآن ({ $count }).
    [few] تقدير شركة الشحن نفسها؛ سلكت { $count } طرود من طرودنا هذا الطريق حتى الآن.
    [many] تقدير شركة الشحن نفسها؛ سلك { $count } طردًا من طرودنا هذا الطريق حتى الآن.
   *[other] تقدير شركة الشحن نفسها؛ سلك { $count } طرد من طرودنا هذا الطريق حتى الآن.
  }
order-eta-carrier = تقدير شركة الشحن نفسها.
order-from-to = من { $from } إلى { $to }
order-updated = آخر خبر { $when }
order-quiet = آخر خبر { $when }. تصمت شركات الشحن بين البلدان؛ وبحسب علمنا ما زال في الطريق.
order-waits-moved = يُرسل الآن ابتداءً من { $day } بعد أن كان { $before }
order-placed-on = طُلب في { $date }
order-parcel = { $count ->
    [zero] طرد
    [one] الطرد
    [two] الطرد { $number } من { $count }
    [few] الطرد { $number } من { $count }
    [many] الطرد { $number } من { $count }
   *[other] الطرد { $number } من { $count }
  }
order-no-parcel-yet = يجهّز { $shop } طلبك. يبدأ التتبّع حين يغادر الطرد.
order-no-events = الرقم لدى شركة الشحن ولا أخبار بعد.
order-carrier-words = بكلمات شركة الشحن
order-carrier-local = ناقل سامبان
order-carrier-unknown = شركة الشحن
order-tracking-number = رقم التتبّع
order-copy-number = انسخ رقم التتبّع { $number }
order-bought = من { $shop }
order-line = { $count } × { $price }
order-note = ملاحظة:
order-total = المجموع
order-ships-to = يذهب إلى { $country }
order-documents = مستندات
order-paper-invoice = فاتورة
order-paper-packing-list = قائمة التعبئة
order-paper-open = فتح
order-paper-share = مشاركة
order-paper-kept = محفوظة على هذا الهاتف
order-paper-offline = يلزم اتصال: لم تُفتح على هذا الهاتف من قبل.
order-paper-failed = تعذّر إعداد هذه الورقة الآن. حاول لاحقًا.
order-share = شارك رابط تتبّع هذا الطلب
order-link-note = من يملك هذا الرابط يرى طريق الطرد دون اسم أو عنوان.
order-link-gone-title = لا يقود هذا الرابط إلى شيء
order-link-gone-text = ربما انقطع جزء منه عند نسخه. اطلبه مجددًا.
order-link-ended-title = انتهى هذا الرابط
order-link-ended-text = اطلب رابطًا جديدًا ممن أرسله إليك. أهو طلبك أنت؟ سجّل الدخول لتراه.
order-link-title = رابط لتتبّع هذا الطلب
order-link-until = صالح حتى { $date }.
order-link-ran-out = انتهى في { $date }. أنشئ رابطًا جديدًا لتشارك هذا الطلب مجددًا.
order-link-off = متوقف: لا يستطيع أحد تتبّع هذا الطلب برابط.
order-link-share = شارك الرابط
order-link-make = أنشئ رابطًا جديدًا
order-link-renew = رابط جديد
order-link-stop = أوقف المشاركة
order-link-renew-note = الرابط الجديد ينهي هذا الرابط: من يملكه يحتاج إلى الجديد.
order-link-made = أُنشئ رابط جديد
order-link-renewed = أُنشئ رابط جديد وانتهى القديم
order-link-stopped = لم يعد الطلب مشاركًا؛ انتهى الرابط
order-link-failed = لم ينجح ذلك. لم يتغير شيء؛ حاول مرة أخرى.
order-now-planned = طلبك لدى { $shop } لموعد لاحق.
order-now-awaiting_payment = بانتظار دفعتك.
order-now-waits = تم الدفع. يتوقع { $shop } وصول بضاعتك في { $day }.
order-now-paid = تم الدفع. يغلّفه { $shop } بعد ذلك.
order-now-packed = غلّفه { $shop } وهو جاهز للمغادرة.
order-now-shipped = في الطريق من { $shop }.
order-now-delivered = تم التسليم.
order-now-settled = تم التسليم وأُغلق الطلب.
order-now-cancelled = أُلغي. لن يُخصم شيء.
order-now-returned = أُعيد.
order-now-disputed = ننظر في شكواك.
order-do-awaiting_payment = لم تكتمل دفعتك بعد
order-do-awaiting_payment-text = لم يجب المصرف بعد. لا يُخصم شيء مرتين؛ تتغير هذه الصفحة من تلقاء نفسها.
order-do-customs_held = تحتاج الجمارك شيئًا منك
order-do-customs_held-text = { $place ->
    [none] يحتجز { $carrier } الطرد حتى تحصل الجمارك على جواب. اتصل بهم ومعك رقم التتبّع.
   *[other] الطرد محتجز في { $place } حتى تحصل الجمارك على جواب. اتصل بـ{ $carrier } ومعك رقم التتبّع.
  }
order-do-available_for_pickup = استلم طردك
order-do-available_for_pickup-text = { $place ->
    [none] ينتظرك في نقطة الاستلام. أحضر رقم التتبّع.
   *[other] ينتظرك في { $place }. أحضر رقم التتبّع.
  }
order-do-delivery_failed = لم يكن أحد عند الباب
order-do-delivery_failed-text = سيحاول { $carrier } مجددًا. اتصل بهم ومعك رقم التتبّع لاختيار يوم.
order-do-exception = شيء أوقف الطرد
order-do-exception-text = أبلغ { $carrier } عن مشكلة. اتصل بهم ومعك رقم التتبّع.
order-do-expired = فقدت شركة الشحن أثر الطرد
order-do-expired-text = لا أخبار من { $carrier } منذ مدة طويلة. راسل الصانع؛ تبقى مهلة الشكوى مفتوحة.
parcel-info_received = أُبلغت شركة الشحن
parcel-picked_up = استُلم من الصانع
parcel-in_transit = في الطريق
parcel-customs = في الجمارك
parcel-customs_held = محتجز لدى الجمارك
parcel-customs_cleared = اجتاز الجمارك
parcel-out_for_delivery = خرج للتوصيل
parcel-available_for_pickup = جاهز للاستلام
parcel-delivery_failed = تعذّر التسليم
parcel-delivered = تم التسليم
parcel-returning = في طريق العودة
parcel-returned = عاد إلى الصانع
parcel-exception = متوقف
parcel-expired = لا أخبار أخرى
parcel-now-info_received = غُلّف الطرد، وتستلمه شركة الشحن بعد ذلك.
parcel-now-picked_up = { $place ->
    [none] استُلم من الصانع.
   *[other] استُلم في { $place }.
  }
parcel-now-in_transit = { $place ->
    [none] في الطريق.
   *[other] في الطريق، وشوهد آخر مرة في { $place }.
  }
parcel-now-customs = { $place ->
    [none] في الجمارك.
   *[other] في الجمارك في { $place }.
  }
parcel-now-customs_held = { $place ->
    [none] محتجز لدى الجمارك.
   *[other] محتجز لدى الجمارك في { $place }.
  }
parcel-now-customs_cleared = { $place ->
    [none] اجتاز الجمارك.
   *[other] اجتاز الجمارك في { $place }.
  }
parcel-now-out_for_delivery = خرج للتوصيل اليوم.
parcel-now-available_for_pickup = { $place ->
    [none] جاهز للاستلام.
   *[other] جاهز للاستلام في { $place }.
  }
parcel-now-delivery_failed = لم تجد شركة الشحن أحدًا عند الباب.
parcel-now-delivered = { $place ->
    [none] تم التسليم.
   *[other] تم التسليم في { $place }.
  }
parcel-now-returning = في طريق العودة إلى الصانع.
parcel-now-returned = عاد إلى الصانع.
parcel-now-exception = { $place ->
    [none] توقف في الطريق.
   *[other] توقف في { $place }.
  }
parcel-now-expired = لا أخبار أخرى لدى شركة الشحن.

## Asking about pushes
push-ask-title = هل نخبرك حين يتحرك؟
push-ask-example = هكذا تبدو الرسالة
push-ask-example-title = { $shop }: في الطريق
push-ask-example-body = متوقع من الخميس إلى السبت. اضغط لتتبّعه.
push-ask-how-much = أي الخطوات
push-ask-important = المهمة
push-ask-important-hint = أُرسل، احتُجز، خرج للتوصيل، سُلّم
push-ask-every-step = كل خطوة
push-ask-every-step-hint = كل قراءة في الطريق
push-ask-chosen = اختياري
push-ask-chosen-hint = الخطوات التي تحددها
push-ask-none = لا شيء
push-ask-none-hint = يبقى هذا الهاتف صامتًا
push-ask-yes = أخبرني
push-ask-no = ليس الآن
push-ask-on = يرنّ هذا الهاتف حين يتحرك الطرد
push-ask-off = يبقى هذا الهاتف صامتًا
push-ask-blocked = الإشعارات محظورة لهذا الموقع. اسمح بها في إعدادات المتصفح ثم عد.
push-ask-timeout = لم تجب خدمة الإشعارات في المتصفح. لم يتغير شيء؛ حاول لاحقًا.
push-ask-failed = لم ينجح ذلك الآن. لم يتغير شيء؛ حاول لاحقًا.
push-ask-unsupported = لا يستطيع هذا المتصفح استقبال الإشعارات. تصلك الرسائل بالبريد على أي حال.
push-ask-install-first = تعمل الإشعارات على هذا الهاتف بعد وضع التطبيق على الشاشة الرئيسية.
push-steps = الخطوات التي تنبّه
push-step-delayed = تأخّر
push-step-packed = تم التغليف
push-step-shipped = تم الشحن
push-step-cancelled = أُلغي
push-quiet = ساعات الهدوء
push-quiet-keep = لا تنبيه ليلًا
push-quiet-hint = تنتظر الأخبار حتى الصباح، ثم يُذكر آخرها فقط.
push-quiet-from = من
push-quiet-to = إلى
push-saved = حُفظ
push-mail-title = رسائل البريد
push-mail-legend = حين لا يُبلَغ أي هاتف
push-mail-important = اكتبوا لي
push-mail-important-hint = الخطوات المهمة، رسالة لكل خطوة، إلى بريد الطلب
push-mail-none = بلا رسائل
push-mail-none-hint = تنظر هنا بنفسك
push-mail-unknown = اختيارك محفوظ لدى المتجر. يظهر ويمكن تغييره عند الاتصال.
push-mute = كتم هذا الطلب
push-mute-hint = على كل هواتفك. وتبقى تراه هنا.
push-muted = هذا الطلب صامت الآن
push-unmuted = هذا الطلب ينبّه من جديد
notices-title = الإشعارات
notices-news = ما الذي حدث
notices-none = لا أخبار بعد
notices-none-text = اطلب شيئًا وستظهر هنا كل خطوة من الطرد، حتى دون اتصال.
notices-rings = ما ينبّه على هذا الهاتف
notices-new = جديد
push-ask-test = أرسل تجربة
push-ask-test-sent = إشعار تجريبي في الطريق
install-title = ضع سامبان على شاشتك الرئيسية
install-text = يفتح فورًا، ويعمل دون اتصال، ويتتبّع طلباتك.
install-now = تثبيت
install-step-share = اضغط زر المشاركة في المتصفح
install-step-add = اختر «إضافة إلى الشاشة الرئيسية»
install-step-open = افتح سامبان من هناك وسجّل الدخول

## Accounts
account-login = تسجيل الدخول
account-login-intro = سلتك على هذا الهاتف تأتي معك.
account-login-instead = لدي حساب
account-register = إنشاء حساب
account-register-intro = سلتك وطلباتك تبقى كما هي، وتظهر على هواتفك الأخرى أيضًا.
account-register-instead = أنشئ حسابًا
account-registered = حسابك جاهز
account-welcome-back = أهلًا بعودتك
account-absorbed = { $count ->
    [zero] أهلًا بعودتك
    [one] أهلًا بعودتك. جاء معك بند من سلتك
    [two] أهلًا بعودتك. جاء معك بندان من سلتك
    [few] أهلًا بعودتك. جاءت معك { $count } بنود من سلتك
    [many] أهلًا بعودتك. جاء معك { $count } بندًا من سلتك
   *[other] أهلًا بعودتك. جاء معك { $count } بند من سلتك
  }
account-email = البريد الإلكتروني
account-email-invalid = اكتب بريدًا مثل ines@example.org.
account-password = كلمة المرور
account-password-new = كلمة المرور الجديدة
account-password-missing = اكتب كلمة المرور.
account-password-short = { $count ->
    [zero] اكتب كلمة مرور.
    [one] استعمل حرفًا واحدًا على الأقل.
    [two] استعمل حرفين على الأقل.
    [few] استعمل { $count } أحرف على الأقل. بضع كلمات هي الأسهل تذكّرًا.
    [many] استعمل { $count } حرفًا على الأقل. بضع كلمات هي الأسهل تذكّرًا.
   *[other] استعمل { $count } حرف على الأقل. بضع كلمات هي الأسهل تذكّرًا.
  }
account-password-hint = { $count ->
    [zero] أي طول
    [one] حرف واحد على الأقل
    [two] حرفان على الأقل
    [few] { $count } أحرف على الأقل. بضع كلمات هي الأسهل تذكّرًا.
    [many] { $count } حرفًا على الأقل. بضع كلمات هي الأسهل تذكّرًا.
   *[other] { $count } حرف على الأقل. بضع كلمات هي الأسهل تذكّرًا.
  }
account-wrong = البريد أو كلمة المرور غير صحيحة. لم يتغير شيء.
account-taken = يوجد حساب بهذا البريد. سجّل الدخول بدلًا من ذلك.
account-too-many = محاولات كثيرة. انتظر دقيقة ثم أعد المحاولة.
account-unreachable = لا يوجد اتصال. لم يضع شيء؛ أعد المحاولة عند عودة الاتصال.
account-link-used = استُعمل هذا الرابط أو انتهت مدته. اطلب رابطًا جديدًا.
account-forgot = نسيت كلمة المرور؟
account-forgot-title = كلمة مرور جديدة
account-forgot-intro = نرسل إليك رابطًا تختار به كلمة جديدة.
account-forgot-send = أرسل الرابط
account-forgot-sent = انظر في بريدك
account-forgot-sent-text = إن كان لـ{ $email } حساب هنا فالرابط في طريقه، ويعمل ساعة واحدة.
account-forgot-again = اطلب رابطًا جديدًا
account-reset-title = اختر كلمة مرور جديدة
account-reset-intro = بعد ذلك على الهواتف الأخرى أن تسجّل الدخول من جديد.
account-reset-save = احفظ كلمة المرور
account-reset-done = كلمة مرورك الجديدة تعمل
account-reset-done-text = سجّل الدخول بها على كل هواتفك.
account-confirm-title = البريد الإلكتروني
account-confirm-done = تأكّد بريدك الإلكتروني
account-confirm-done-text = تصل الرسائل إليه من الآن.
account-confirm-failed = لم يعمل هذا الرابط
account-to-you = إلى حسابك
address-title = العناوين
address-none-title = لا عناوين بعد
address-none-text = احفظ عنوانًا ليصبح إتمام الطلب بضغطتين.
address-add = عنوان جديد
address-edit = تغيير العنوان
address-removed = أُزيل العنوان
address-remove = إزالة عنوان { $name }
address-waiting = ينتظر على هذا الهاتف
address-country = البلد
address-country-missing = اختر بلدًا.
address-name = الاسم الكامل
address-name-missing = اكتب لمن الطرد.
address-line1 = الشارع والرقم
address-line1-missing = اكتب الشارع والرقم.
address-line2-optional = الشقة أو الطابق أو الشركة (اختياري)
address-city = المدينة
address-city-missing = اكتب المدينة.
address-postcode = الرمز البريدي
address-postcode-missing = اكتب الرمز البريدي.
address-region = الولاية أو المنطقة
address-region-optional = الولاية أو المنطقة (اختياري)
address-region-missing = اكتب الولاية أو المنطقة.
address-phone-optional = الهاتف (اختياري)
address-phone-hint = لشركة الشحن فقط.
devices-title = الهواتف والمتصفحات
devices-text = كل واحد من هذه يعرض سلتك وطلباتك.
devices-unnamed = هاتف أو متصفح
devices-this = هذا الجهاز
devices-seen = آخر ظهور { $when }
devices-sign-out = تسجيل الخروج
devices-sign-out-others = إخراج كل الأجهزة الأخرى
devices-sure = تسجيل الخروج؟
devices-sure-text = يفقد الجهاز نسخته من سلتك وطلباتك، وعليه تسجيل الدخول من جديد.
devices-sure-yes = نعم، أخرجه
devices-out = سُجّل خروج الجهاز
devices-others-out = سُجّل خروج كل الأجهزة الأخرى
you-title = أنت
you-guest = تتسوّق زائرًا
you-guest-text = سلتك على هذا الهاتف. ومع حساب تظهر على هواتفك الأخرى أيضًا.
you-signed-out = انتهى تسجيل دخولك
you-signed-out-text = سلتك ما زالت تعمل. سجّل الدخول لترى الطلبات الجديدة.
you-shops = { $count ->
    [zero] لا يبيع في أي متجر
    [one] يبيع في متجر واحد
    [two] يبيع في متجرين
    [few] يبيع في { $count } متاجر
    [many] يبيع في { $count } متجرًا
   *[other] يبيع في { $count } متجر
  }
you-sell = التغليف والشحن
you-sync = التغييرات على هذا الهاتف
you-settings = الإعدادات
you-language = اللغة
you-country = التسليم إلى
you-currency = العملة
you-theme = المظهر
you-theme-system = كالهاتف
you-theme-light = فاتح
you-theme-dark = داكن
you-saver = توفير البيانات
you-saver-text = قوائم دون صور
you-data = بياناتك
you-data-text = ما تضغطه يبقى على هذا الهاتف ويذهب إلى خادم سامبان، ولا يذهب إلى مكان آخر.
you-email = تغيير البريد الإلكتروني
you-email-text = نرسل رابطًا إلى البريد الجديد، ويُعتمد بعد أن تفتحه.
you-email-new = البريد الجديد
you-email-send = أرسل الرابط
you-email-sent = الرابط في طريقه إلى { $email }
you-email-pending = بانتظار تأكيد { $email }
you-export = احفظ كل بياناتي
you-delete = امحُ كل شيء عني
you-delete-sure = محو كل شيء؟
you-delete-text = تُمحى السلال والعناوين والحساب فورًا من كل الهواتف. ولا يبقى من الطلبات إلا ما يفرضه قانون الضرائب. لا يمكن التراجع عن ذلك.
you-delete-yes = نعم، امحُ كل شيء
you-deleted = مُحي كل شيء عنك
you-logout = تسجيل الخروج
you-logged-out = سجّلت خروجك
you-logout-keep = سجّل الخروج وأبقِها هنا
you-logout-discard = تخلّص منها وسجّل الخروج
you-stay = ابقَ مسجّلًا
you-unsent = { $count ->
    [zero] أُرسلت كل التغييرات
    [one] تغيير واحد لم يُرسل بعد
    [two] تغييران لم يُرسلا بعد
    [few] { $count } تغييرات لم تُرسل بعد
    [many] { $count } تغييرًا لم يُرسل بعد
   *[other] { $count } تغيير لم يُرسل بعد
  }
you-unsent-text = تُرسل وحدها حالما يتصل هذا الهاتف. وإن سجّلت خروجك قبل ذلك، فيمكن أن تنتظر هنا حتى تسجّل الدخول على هذا الهاتف مجددًا.
you-discard-sure = { $count ->
    [zero] لا تغييرات للتخلص منها
    [one] أتتخلص من تغيير واحد؟
    [two] أتتخلص من تغييرين؟
    [few] أتتخلص من { $count } تغييرات؟
    [many] أتتخلص من { $count } تغييرًا؟
   *[other] أتتخلص من { $count } تغيير؟
  }
you-discard-text = ما لم يصل إلى المتجر بعد يُفقد نهائيًا.
you-discard-yes = تخلّص منها واخرج
you-version = سامبان، قارب صغير لدفعات صغيرة

## Sell
sell-title = التغليف والشحن
sell-by-state = الدفعات حسب الحالة
sell-state-paid = للتغليف
sell-state-packed = للشحن
sell-state-shipped = في الطريق
sell-state-delivered = سُلّمت
sell-none-paid = لا شيء للتغليف
sell-none-packed = لا شيء للشحن
sell-none-shipped = لا شيء في الطريق
sell-none-delivered = لم يُسلّم شيء بعد
sell-none-text = تظهر الدفعات الجديدة هنا فور دفعها.
sell-count = { $products ->
    [zero] لا منتجات
    [one] منتج واحد
    [two] منتجان
    [few] { $products } منتجات
    [many] { $products } منتجًا
   *[other] { $products } منتج
  }، { $pieces ->
    [zero] لا قطع
    [one] قطعة واحدة
    [two] قطعتان
    [few] { $pieces } قطع
    [many] { $pieces } قطعة
   *[other] { $pieces } قطعة
  }
sell-now-waits = ينتظر بضاعة متوقعة في { $day }.
sell-waits-text = عند وصولها عُدّها في المخزون، ثم يمكن تجهيز الطرد.
sell-now-planned = مخطط لها لاحقًا.
sell-now-awaiting_payment = لم تُدفع بعد.
sell-now-paid = دُفعت. الخطوة التالية التغليف.
sell-now-packed = غُلّفت. الخطوة التالية تسليمها لشركة الشحن.
sell-now-shipped = في الطريق.
sell-now-delivered = تم التسليم.
sell-now-settled = سُلّمت وصُرف ثمنها.
sell-now-cancelled = أُلغيت. لا ترسلها.
sell-now-returned = أُعيدت.
sell-now-disputed = لدى المشتري شكوى.
sell-label = تذهب إلى
sell-packed = غُلّفت
sell-packed-done = سُجّلت مغلّفة
sell-tracking = التتبّع
sell-tracking-text = من دون رقم يأخذها ناقل السوق التجريبي.
sell-tracking-number = رقم التتبّع (اختياري)
sell-carrier = شركة الشحن
sell-shipped = شُحنت
sell-shipped-done = سُجّلت مشحونة، وأُخبر المشتري
sell-next = التالي: { $state }
sell-move = حرّك الطرد خطوة
sell-moved = تحرّك خطوة
sell-tracking-doubted = انظر إلى الملصق مرة أخرى: رقم أو حرف لا يطابق البقية.
sell-as-printed = هكذا هو مطبوع: تم الشحن
sell-papers = الأوراق
sell-paper-invoice = الفاتورة
sell-paper-packing-list = قائمة التعبئة
sell-paper-customs = نموذج الجمارك
sell-paper-label = الملصق
sell-paper-failed = تعذّر إعداد هذه الورقة الآن. حاول حين تكون متصلًا.
sell-failed = لم ينجح ذلك. تُظهر الدفعة وضعها الحالي.
sell-gone-title = لا توجد دفعة كهذه
sell-gone-text = قد تخص متجرًا آخر.
pick-title = قائمة الجمع
pick-place = المكان
pick-more = هناك دفعات أخرى تنتظر. ستظهر بعد تعبئة هذه.
pick-kept = لا توجد إشارة: القائمة كما كانت { $when }.
pick-progress = جُمع { $done } من { $all } من البنود. تبقى العلامات على هذا الهاتف.
pick-done = جُمع الكل: عبّئ
pick-pack = عبّئ الدفعة الأولى
pack-title = العد أثناء التعبئة
pack-how = امسح رمز كل قطعة أو اكتبه، أو اضغط على بندها.
pack-code = الباركود أو SKU
pack-count = عُدّ
pack-of = { $done } من { $all }
pack-counted = في الصندوق: { $title }
pack-wrong = ليس من هذه الدفعة: { $code }. لم يُحسب شيء.
pack-full = زائد: كل الكمية من { $title } في الصندوق.
pack-mistyped = رقم خاطئ في { $code }. لم يُحسب شيء.
pack-undo = أخرج آخر قطعة
pack-undone = أُخرجت آخر قطعة.
pack-not-sent = لم يُرسل بعد. العدد محفوظ على هذا الهاتف؛ اضغط مرة أخرى عند الاتصال.
pack-camera = امسح بالكاميرا
pack-camera-off = أغلق الكاميرا
pack-camera-failed = لا يمكن استخدام الكاميرا. اكتب الرمز أدناه.
pack-light = الإضاءة
pack-light-off = أطفئ الإضاءة
pack-next = جهّز التالي
missing-tell = بعضها ناقص
missing-title = ناقص على الرف
missing-text = يُصحَّح العدد وينتظر الطلب أولًا في الدور، ويُبلَّغ المشتري باليوم الجديد. إن بقي غيرها متاحًا بحسب العدد فيأخذها الطلب.
missing-pieces = كم قطعة ناقصة
missing-pieces-wrong = اكتب عددًا لا يزيد على { $count }.
missing-day-wrong = حدد اليوم الذي يصل فيه المزيد.
missing-send = صحّح
missing-not-sent = لم يُرسل. يحتاج إلى اتصال؛ لم يتغير شيء.
missing-waits = الطلب ينتظر وصول المزيد
missing-replaced = يوجد متاح يكفي: خذ منه

## Push and mail
push-date = { $month ->
    [jan] { $day } يناير
    [feb] { $day } فبراير
    [mar] { $day } مارس
    [apr] { $day } أبريل
    [may] { $day } مايو
    [jun] { $day } يونيو
    [jul] { $day } يوليو
    [aug] { $day } أغسطس
    [sep] { $day } سبتمبر
    [oct] { $day } أكتوبر
    [nov] { $day } نوفمبر
   *[dec] { $day } ديسمبر
  }
push-range = { $from } – { $to }
push-brief = المس لتتبّعه.
push-delayed-title = { $shop }: يتأخر عن الموعد
push-delayed-body = تُرسل بضاعتك الآن ابتداءً من { $when }. المس لترى.
push-packed-title = { $shop }: تم التغليف
push-packed-body = بضاعتك تغادر قريبًا. نخبرك حين تصبح في الطريق.
push-shipped-title = { $shop }: في الطريق إليك
push-shipped-body = متوقّع { $when }. المس لتتبّعه.
push-picked-up-title = { $shop }: لدى شركة النقل
push-picked-up-body = متوقّع { $when }. المس لتتبّعه.
push-in-transit-title = { $shop }: على السفر
push-in-transit-body = متوقّع { $when }. المس لترى أين هو.
push-customs-title = { $shop }: في الجمارك
push-customs-body = تفتيش على الحدود. ما زال متوقّعًا { $when }.
push-customs-held-title = { $shop }: الجمارك تحتاجك
push-customs-held-body = الطرد ينتظر ردّك على الحدود. المس لترى المطلوب.
push-customs-cleared-title = { $shop }: عبَر الجمارك
push-customs-cleared-body = متوقّع { $when }. المس لتتبّعه.
push-out-for-delivery-title = { $shop }: خرج للتسليم
push-out-for-delivery-body = يُفترض أن يصلك اليوم. ليكن أحد هناك لاستلامه.
push-available-for-pickup-title = { $shop }: جاهز للاستلام
push-available-for-pickup-body = ينتظرك في نقطة الاستلام. المس لترى أين وإلى متى.
push-delivery-failed-title = { $shop }: لم يُسلَّم
push-delivery-failed-body = لم يكن أحد لاستلامه. المس لترى ما التالي.
push-delivered-title = { $shop }: تم التسليم
push-delivered-body = هل وصل كل شيء كما طلبت؟ المس لترى الطلب.
push-returning-title = { $shop }: في طريق العودة
push-returning-body = الطرد عائد إلى الصانع. المس لترى السبب.
push-returned-title = { $shop }: عاد إلى الصانع
push-returned-body = المس لترى ما يحدث لنقودك.
push-exception-title = { $shop }: مشكلة
push-exception-body = شركة النقل تبلّغ عن مشكلة في الطرد. المس لترى ما نعرفه.
push-cancelled-title = { $shop }: أُلغي
push-cancelled-body = لن يصل. المس لترى ما يحدث لنقودك.
push-test-title = هذا الهاتف يسمع سامبان
push-test-body = هكذا ستبدو رسائل طلباتك. لا شيء عليك فعله.
shell-description = دفعات صغيرة من صنّاع صغار، بالسعر حتى باب بيتك. يعمل بلا شبكة.
shell-orders = الطلبات
shell-cart = السلة
mail-reset-subject = كلمة مرور جديدة في سامبان
mail-reset-body = افتح هذا الرابط لاختيار كلمة مرور جديدة. يعمل مرة واحدة خلال ساعة:
    { $link }

    إن لم تطلب ذلك فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.
mail-confirm-subject = أكّد بريدك الإلكتروني في سامبان
mail-confirm-body = افتح هذا الرابط ليصبح { $email } عنوان حسابك. يعمل مرة واحدة خلال ساعة:
    { $link }

    إن لم تطلب ذلك فلا تفعل شيئًا.
mail-changed-subject = تغيّر البريد الإلكتروني لحسابك في سامبان
mail-changed-body = أصبح عنوان حسابك { $email }، وستصل إليه رسائل طلباتك.

    إن لم تكن أنت من غيّره فراسلنا فورًا.
mail-order-subject = طلبك { $numbers } في سامبان
mail-order-body = شكرًا لك. دُفع ثمن طلبك، وصانعوه يجهّزونه الآن.

    { $orders }

    احتفظ بالروابط لنفسك: من يملك رابطًا يستطيع متابعة الطلب، دون أن يرى اسمك أو عنوانك.
mail-order-part = { $shop }، الطلب { $number }: { $total }
    { $link }
mail-step-subject = { $title }، الطلب { $number }
mail-step-body = { $body }
    { $link }

    نكتب إليك لأن إشعاراتنا لا تصل إلى أي من هواتفك.

    احتفظ بالرابط لنفسك: من يملكه يستطيع متابعة الطلب، دون أن يرى اسمك أو عنوانك.

# المسارات: ما وُعد به وما استغرقته الطرود
lanes-title = الموعود والمُنجَز
lanes-text = الأيام من التسليم لشركة الشحن إلى الباب، لكل مسار: الطرود التي وصلت في السنة الأخيرة.
lanes-promised = الموعود
lanes-took = استغرق 8 من 10
lanes-half = وصل نصفها
lanes-way = من { $from } إلى { $to }
lanes-within = داخل { $place }
lanes-on-time = { $percent } في الموعد
lanes-days = { $count ->
    [zero] { $count } يوم
    [one] { $count } يوم
    [two] { $count } يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
  }
lanes-says = الموعود بالأيام: { $promised }، واستغرقت { $took }؛ وصل نصفها بعد { $half }.
lanes-parcels = { $count ->
    [zero] { $count } طرد
    [one] { $count } طرد
    [two] { $count } طردان
    [few] { $count } طرود
    [many] { $count } طردًا
   *[other] { $count } طرد
  }
lanes-newest = آخرها في { $date }
lanes-too-few = أقل من أن نعد بناءً عليها
lanes-as-table = في جدول
lanes-lane = المسار
lanes-promised-days = الموعود، أيام
lanes-took-days = استغرقت، أيام (8 من 10)
lanes-half-days = وصل نصفها، أيام
lanes-on-time-share = في الموعد
lanes-count = الطرود
lanes-none = لم يصل أي طرد بعد
lanes-none-text = كل طرد يصل إلى بابه يُحسب هنا، مسارًا بعد مسار.

# جناح المشغّل
operate-title = القواعد والأسعار
operate-forbidden = للموظفين فقط
operate-forbidden-text = ادخل بحساب يحق له رعاية القواعد.
operate-import = استيراد ملف
operate-all-rules = كل القواعد
operate-pushes = التنبيهات المرسلة
operate-pushes-none = لا تنبيهات في هذه الأيام
operate-pushes-none-text = حالما يتحرك طلب تُحسب تنبيهاته هنا.
operate-pushes-says = التنبيهات: { $planned }. وصل إلى هاتف: { $sent }؛ وخرج بالبريد: { $mailed }. نصفها خلال { $median } ث، و95 من 100 خلال { $p95 } ث.
operate-pushes-says-untimed = التنبيهات: { $planned }. وصل إلى هاتف: { $sent }؛ وخرج بالبريد: { $mailed }.
operate-pushes-range = الأيام
operate-pushes-days = { $days } يومًا
operate-pushes-by-day = حسب اليوم
operate-pushes-by-step = حسب الخطوة
operate-pushes-by-service = حسب خدمة التنبيه
operate-pushes-phones = هواتف يمكن تنبيهها
operate-pushes-day = اليوم
operate-pushes-step = الخطوة
operate-pushes-step-test = تجربة
operate-pushes-planned = المقرر
operate-pushes-sent = أُرسل
operate-pushes-mailed = بالبريد
operate-pushes-gone = الهاتف غير موجود
operate-pushes-superseded = خبر أحدث بدلًا منه
operate-pushes-expired = فات وقته
operate-pushes-refused = مرفوض
operate-pushes-muted = مكتوم
operate-pushes-waiting = ينتظر
operate-pushes-other = نهايات أخرى
operate-pushes-retries = أُعيدت المحاولة
operate-pushes-keys = مفاتيح مرفوضة
operate-pushes-paused = متوقفة حتى { $when }
operate-pushes-no-service = بريد، أو غير معروف
operate-changes-next = ما يتغير قريبًا
operate-changes-none = لا شيء معروف ينتهي أو يبدأ.
operate-review-next = ما تجب مراجعته
operate-review-none = كل شيء تمت مراجعته.
operate-territories = المناطق الجمركية
operate-days-left = الأيام الباقية حتى المراجعة التالية؛ بعدها تصبح الأسعار تقديرية
operate-rows = صفوف اليوم
operate-duty-rates = الرسوم
operate-estimates = تقديرات
operate-past-review = فات موعد مراجعتها
operate-from-imports = مستوردة
operate-read-on = قُرئت في { $date }
operate-read = قُرئت في { $date }، قبل { $days ->
    [zero] { $days } يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
  }
operate-review = تُراجع حتى { $date }
operate-overdue = كان يجب أن تُراجع حتى { $date }: وهي منذ ذلك تقدير
operate-from-to = من { $from } إلى { $to }
operate-from = من { $from }
operate-to = حتى { $to }
operate-always = بلا أول يوم ولا آخر
operate-state-holds = سارية اليوم
operate-state-to_come = قادمة
operate-state-ended = منتهية
operate-state-overdue = فات موعد مراجعتها
operate-confidence-firm = مؤكدة
operate-confidence-estimate = تقدير
operate-imported = مستوردة
operate-shipped = تأتي مع سامبان
operate-kind-territories = منطقة
operate-kind-taxes = ضريبة
operate-kind-thresholds = حد إعفاء
operate-kind-flat_duties = رسم ثابت
operate-kind-fees = أجرة
operate-kind-duty_rates = رسم جمركي
operate-kind-layers = رسم إضافي
operate-kind-preferences = تفضيل
operate-kind-customs_rates = سعر صرف جمركي
operate-kind-zones = منطقة شحن
operate-kind-cards = بطاقة شحن
operate-kind-dangerous_goods = بضائع خطرة
operate-find = بحث
operate-find-hint = بما يبدأ به عمود: رمز بضاعة أو اسم أو مصدر
operate-kind = النوع
operate-state = الحالة
operate-any = كل الأنواع
operate-search = ابحث
operate-nothing = لا قاعدة كهذه
operate-nothing-text = جرّب أرقامًا أقل أو نوعًا آخر أو حالة أخرى.
operate-found = { $count ->
    [zero] لا قواعد
    [one] قاعدة واحدة
    [two] قاعدتان
    [few] { $count } قواعد
    [many] { $count } قاعدة
   *[other] { $count } قاعدة
  }
operate-more = المزيد (بقي { $count })
operate-file = ملف قواعد
operate-file-text = ملف CSV الخاص بنا، أو سلعة من التعريفة البريطانية (JSON)، أو تعريفة الولايات المتحدة (CSV أو JSON). ترى ما سيتغير قبل أن يتغير شيء.
operate-file-choose = اختر ملفًا
operate-file-reading = جارٍ القراءة…
operate-mistake = السطر { $line }، { $column }:
operate-import-done = تم الاستيراد. الأسعار الجديدة تستعمله
operate-import-forbidden = حسابك يقرأ القواعد ولا يغيّرها.
operate-import-unreachable = لم يأتِ جواب. لم يتغير شيء؛ حاول مرة أخرى.
operate-report = { $rows ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفان
    [few] { $rows } صفوف
    [many] { $rows } صفًا
   *[other] { $rows } صف
  } في الملف
operate-added = جديدة
operate-changed = متغيرة
operate-confirmed = أُعيدت قراءتها
operate-unchanged = كما كانت
operate-touches-all = تخص كل البلدان. الأسعار المفتوحة: { $quotes }.
operate-touches = تخص { $countries }{ $more ->
    [0] {""}
   *[other] {" "}و{ $more } أخرى
  }. الأسعار المفتوحة: { $quotes }؛ تُحسب من جديد عند الدفع.
operate-skipped = تُرك: { $count }.
operate-line = السطر { $line }
operate-take-in = استورده
operate-leave = اتركه
operate-history = الاستيرادات
operate-history-none = لم يُستورد شيء بعد
operate-history-none-text = القواعد التي تأتي مع سامبان هي المستعملة.
operate-counts = { $added } جديدة، { $changed } متغيرة، { $unchanged } كما كانت
operate-by-command = بسطر الأوامر
operate-by-staff = بيد موظف
operate-withdraw = اسحبه
operate-withdraw-ask = ما غطّاه هذا الملف يسري من جديد فورًا.
operate-keep = أبقه
operate-withdrawn = سُحب
operate-withdrawn-at = سُحب في { $date }

codes-title = رموز البضائع
codes-which = أي البضائع
codes-missing = بلا رمز
codes-all = الكل
codes-why = بلا رمز البضاعة لا أحد يستطيع أن يخبر المشتري بالرسم. تكفي ستة أرقام من النظام المنسق.
codes-none = لكل منتج رمزه
codes-none-text = يرى المشترون الرسم حيث القواعد معروفة.
codes-unknown = بلا رمز بعد: الرسم غير معروف
codes-find = ابحث عن رمز
codes-change = غيّر
codes-words = ما هو، ومن أي مادة؟
codes-words-hint = بالإنجليزية، مثل “cotton shirt”، أو أول أرقام الرمز
codes-take = خذ { $code }
codes-failed = لم يأتِ جواب. حاول عندما تكون متصلًا.
codes-nothing = لا رمز فيه كل هذه الكلمات. جرّب كلمات أقل أو المادة.
codes-care = في القائمة فصول وبنود ورموز شائعة، لا النظام كله. أنت المسؤول عن الرمز الذي تختاره.
codes-done = { $title }: { $code }

compare-open = قارن بين يومين
compare-text = حسب قواعد كل يوم، بأسعار اليوم وأسعار صرفه. لا وعد بأي منهما.
compare-first = يوم
compare-second = يوم آخر
compare-unknown = غير معروف
compare-total = يُدفع الآن
compare-gone = لم يعد ساريًا
compare-new = جديد
compare-same = لا تتغير قاعدة بين هذين اليومين.
compare-failed = لم يأتِ جواب. حاول عندما تكون متصلًا.

stock-title = المخزون
stock-search = العنوان أو رمز المنتج
stock-search-go = ابحث
stock-low = قليل
stock-none = لا شيء هنا
stock-none-low = لا شيء قليل
stock-none-text = تأتي الأعداد من الكتالوج أو من ملف أو بلمسة على مكان.
stock-with-maker = عند الصانع
stock-free = متاحة
stock-free-low = متاحة، قليلة
stock-held = { $count } محجوزة لطلبات
stock-held-more = { $count } محجوزة لطلبات؛ يجب أن يكون هناك هذا العدد على الأقل.
stock-oldest = أقدمها هنا منذ { $days } يومًا
stock-on-hand = القطع الموجودة
stock-low-mark = قليل ابتداءً من
stock-low-mark-hint = عند هذا العدد من القطع المتاحة تظهر علامة؛ 0: أبدًا.
stock-coming = يصل { $count } في { $day }، بيع منها { $waiting }
stock-coming-day = يصل المزيد في
stock-coming-pieces = العدد الكلي الذي يصل
stock-coming-hint = يمكن طلبها قبل وصولها. بيع منها { $waiting }؛ 0: لا يُباع المزيد.
stock-whole = اكتب عددًا صحيحًا.
stock-save = احفظ
stock-counted = { $title }: يوجد { $count }
stock-age-30 = حتى 30 يومًا
stock-age-90 = من 31 إلى 90 يومًا
stock-age-180 = من 91 إلى 180 يومًا
stock-age-more = أطول
stock-file = أعداد من ملف
stock-file-text = ملف CSV فيه العمودان sku وon_hand، وإن شئت warehouse وlow_mark.
stock-file-choose = اختر ملفًا
stock-file-looked = الأعداد: { $rows }، الجديد منها: { $changed }.
stock-file-take = أدخلها
stock-file-done = الأعداد التي تغيّرت: { $count }
stock-file-wrong = لم يُدخل شيء. أصلح الملف واختره من جديد.
stock-mistake = السطر { $line }، { $column }:
transfers-title = في الطريق إلى المستودعات
transfers-none = لا شيء في الطريق
transfers-none-text = افتح مكان الصانع لمنتج في المخزون لترسل قطعًا إلى مستودع قريب من مشتريك.
transfers-send = أرسل إلى مستودع
transfers-to = المستودع
transfers-pieces = القطع
transfers-pieces-wrong = اكتب عددًا صحيحًا من 1 إلى { $count }؛ هذا هو المتاح.
transfers-expected = الوصول المتوقع
transfers-sent = في الطريق. يُحسب هناك حين يستلمه المستودع.
transfers-sent-on = أُرسل في { $date }
transfers-expected-on = متوقع في { $date }
transfers-on_the_way = في الطريق
transfers-customs = لدى الجمارك
transfers-received = استُلم
transfers-difference = أُرسل { $sent }: { $difference }
transfers-entry = البيان الجمركي
transfers-entry-hint = كما تسميه الجمارك، مثل رقم MRN
transfers-at-customs = هو لدى الجمارك
transfers-customs-done = سُجّل البيان الجمركي
transfers-arrived = وصل
transfers-arrived-text = عُدّ ما وصل. هذا ما يوجد هناك من الآن.
transfers-received-go = استُلم
transfers-received-done = استُلم وعُدّ

# السوق التجريبية: يمضي الوقت بلمسة
forward-title = تجربة: دع الوقت يمضي
forward-text = لا يتحرك هنا طرد حقيقي. كل لمسة تُحدث الخطوة التالية، ومن دونها يستغرق الأمر أيامًا.
forward-received = التالي: تصل البضاعة إلى المتجر
forward-packed = التالي: المتجر يجهّزه
forward-shipped = التالي: شركة الشحن تستلمه
forward-parcel = التالي: { $what } · { $place }
forward-sorted = فُرز الطرد
forward-left = في الطريق إلى الخارج
forward-arrived = وصل الطرد
forward-asking = نبحث عن الخطوة التالية
forward-offline = يلزم الاتصال بالشبكة.
forward-failed = لم ينجح ذلك. حاول مرة أخرى.

# الرقم تحت الباركود
barcode-label = الرقم تحت الباركود
barcode-save = احفظ الباركود
barcode-done = حُفظ الباركود
barcode-mistyped = ليس رقمًا صحيحًا: 8 أو 12 أو 13 أو 14 رقمًا، ويجب أن يطابق الأخير.
barcode-refused = لم يُحفظ. ربما لمنتج آخر الرقم نفسه.
