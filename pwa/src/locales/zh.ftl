## Ui
ui-less = 减少 { $step }
ui-more = 增加 { $step }
ui-undo = 撤销
ui-close = 关闭
ui-back = 返回
ui-loading = 正在加载
ui-retry = 重试
ui-save = 保存
ui-cancel = 取消
ui-offline-title = 没有网络
ui-offline-text = 购物车和订单都安全地存在这部手机里。联网后再试一次。
ui-error-title = 服务器没有回应
ui-error-text = 什么都没有丢失。请稍后再试。
ui-share = 分享
ui-copied = 已复制
ui-gone-title = 这里已经没有内容了
ui-gone-text = 它可能已下架，或者链接不完整。
ui-gone-search = 在集市里搜索

## App
app-skip = 跳到正文
app-places = 导航
app-home = 首页
app-search = 搜索
app-cart = 购物车
app-orders = 订单
app-you = 我的
app-cart-count = 购物车里有 { $count } 行
app-orders-moved = 有新动态
app-needs-you = 有 { $count } 项更改等你处理
app-not-found = 这个地址没有内容
app-not-found-text = 链接可能太旧了。购物车和订单都还在原处。
app-to-home = 去看店铺
app-line-offline = { $waiting ->
    [0] 离线。购物车照常可用
   *[other] 离线。{ $waiting } 项更改已存在这部手机里
  }
app-line-sending = 正在发送…
app-line-sent = 已全部发送
app-line-busy = 商店正忙。{ $waiting } 项更改安全地存在这里
app-line-stuck = { $waiting } 项更改无法发送，但安全地存在这里
app-line-sign-in = 登录后发送其余更改
app-line-upgrade = 更新应用后才能继续发送
app-line-full = 手机空间已满，请腾出一些空间
app-unkept-full = 没有存下：这部手机空间已满。之前的都还在。请腾出一些空间，再点一次。
app-unkept = 没能存到这部手机里。之前的都还在。请再点一次。
app-restored = 所有内容都回到这部手机了
app-update = 新版本已就绪
app-update-now = 更新

## Cart
cart-title = 购物车
cart-maker-unknown = 暂不知道是哪家工坊
cart-goods-of = 商品，{ $count } 行
cart-checkout = 去结算
cart-order-later = 联网后下单
cart-queued = 有一笔订单等待提交，去看看
cart-empty = 购物车是空的
cart-empty-text = 放进来的东西会立刻存在这部手机里，有没有网络都一样。
cart-empty-shops = 找一家工坊
cart-empty-wishlist = 去心愿单
cart-a-piece = 每件 { $price }
cart-price-later = 联网后显示价格
cart-quantity = { $title } 的件数
cart-remove = 移除 { $title }
cart-removed = 已移除 { $title }
cart-to-wishlist = 把 { $title } 移到心愿单
cart-moved-to-wishlist = 已把 { $title } 移到心愿单
cart-make-it = 改为 { $quantity }
cart-answer-later = 联网后显示库存和价格
cart-answer-unlisted = 已停售。移除后才能结算
cart-answer-minimum = { $minimum } 件起售
cart-answer-steps = 每包 { $step } 件
cart-answer-maximum = 每单最多 { $maximum } 件
cart-answer-sold-out = { $available ->
    [0] 暂时售罄
   *[other] 只剩 { $available } 件，不够起订量
  }
cart-answer-short = 现有 { $available } 件，另外 { $missing } 件暂无库存
cart-answer-fell = 价格从 { $before } 降到 { $price }
cart-answer-rose = 价格从 { $before } 涨到 { $price }
cart-answer-tier = 再加 { $more } 件，每件只要 { $price }
cart-sums = 合计

## Sync
sync-title = 这部手机上的更改
sync-state-waiting = 在这部手机里等待
sync-state-sent = 已发送
sync-state-confirmed = 已确认
sync-state-needs-you = 需要你处理
sync-empty = 没有等待的更改
sync-empty-text = 你的每项更改都会显示在这里，直到商店确认。
sync-needs-you = 请你看一看
sync-on-this-phone = 在路上
sync-confirmed = 已确认
sync-as-of = 截至 { $when }
sync-now = 立即发送
sync-export = 存为文件
sync-export-text = 这部手机里的所有更改，JSON 格式，不含任何密码。
sync-dismiss = 知道了
sync-action-keep = 保留
sync-action-remove = 移除
sync-merged = 你的另一部手机加了 { $kept } 件，这部手机当时还不知道。已保留。
sync-merged-remove = 你移除了它，但你的另一部手机加了 { $kept } 件。已保留。
sync-superseded = 你的另一部手机后来改过，以那个数量为准。
sync-superseded-too-old = 这项更改太早，不能改动后来的内容。
sync-moved = 购物车已经下单，这一项进了新的购物车。
sync-working = 正在提交你的订单。
sync-applied = 完成。
sync-why-old = 这项更改已超过 90 天。如果还需要，请再做一次。
sync-why-sign-in = 请先登录，再做一次。
sync-why-cart-ordered = 购物车在此之前已下单，订单没有变动。
sync-why-price-changed = 价格超过了你同意的金额。没有扣款。
sync-why-stock = 库存不足。没有扣款。
sync-why-authenticate = 银行需要你确认。尚未扣款。
sync-why-declined = 付款被拒绝。没有扣款。
sync-why-quote-expired = 报价已过期。没有扣款。
sync-why-cart-changed = 购物车已变动。没有下单，也没有扣款。
sync-why-closed = 商店不再出售此商品。没有扣款。
sync-why-unknown-kind = 商店不认识这类更改。
sync-why-unknown-line = 此商品已停售。
sync-why-unknown-cart = 找不到这个购物车。
sync-why-too-late = 订单当时已在提交中。
sync-why-too-many-lines = 购物车最多 500 行。
sync-why-other = 商店没有接受（{ $why }）。
sync-op-cart-add = { $less ->
    [yes] { $thing } 减 { $quantity }
   *[no] { $thing } 加 { $quantity }
  }
sync-op-cart-set = { $thing } 改为 { $quantity }
sync-op-cart-remove = 移除 { $thing }
sync-op-cart-note = { $thing } 的备注
sync-op-wishlist-put = { $thing } 加入心愿单
sync-op-wishlist-remove = { $thing } 移出心愿单
sync-op-address-put = 地址已保存
sync-op-address-remove = 地址已移除
sync-op-prefs-set = 设置已更改
sync-op-message-send = 消息
sync-op-checkout-place = 待提交的订单
sync-op-checkout-withdraw = 订单已撤回
sync-op-outcome-dismiss = 通知已读
sync-op-other = 更改（{ $kind }）
sync-op-other-phone = 来自另一部手机的更改

## Home
home-lead = 海外工坊的小批量好物，每一项费用都先告诉你。
home-search = 搜索工坊和商品
home-shops = 小而美的店铺
home-products = 集市新品
home-on-its-way = 在路上
home-others-on-the-way = 还有 { $count } 个订单在路上
home-reorder = 再次购买
home-last-time = 上次 { $count } 件

## Catalogue
catalog-from = { $count } 件起
catalog-products = { $count } 件商品
search-title = 搜索
search-placeholder = 茶、灯、笔记本…
search-filter = 筛选
search-sort = 排序
search-sort-relevance = 最相关
search-sort-newest = 最新
search-sort-price-asc = 价格从低到高
search-sort-price-desc = 价格从高到低
search-by-category = 类别
search-by-origin = 产地
search-by-shop = 工坊
search-show = 显示商品
search-count = { $count ->
    [0] 没有商品
   *[other] { $count } 件商品
  }
search-many = 前 { $count } 件商品
search-offline = { $count ->
    [0] 没有网络。这部手机里没有符合的商品
   *[other] 没有网络。这部手机里存有 { $count } 件商品
  }
search-none = 没有找到“{ $query }”
search-none-filter = 这里没有商品
search-none-text = 换个词，或者去掉一个筛选条件。
search-none-offline = 这部手机保存了你去过的店铺。联网后再搜一次。
search-all = 显示全部
search-more = 显示更多
search-more-failed = 后面的商品没有加载出来。请重试。
shop-title = 店铺
shop-founded = 创立于 { $year } 年
shop-story = 工坊的故事
shop-empty = 这里暂时没有商品
shop-offline = 没有网络。这些是存在这部手机里的商品。
wishlist-title = 心愿单
wishlist-empty-title = 心愿单是空的
wishlist-empty-text = 点商品上的心形，就会保存在这里，离线也能用。
wishlist-browse = 随便看看
wishlist-removed = 已移出心愿单
wishlist-remove = 把 { $title } 移出心愿单

## Product
product-title = 商品
product-wish = 保存到心愿单
product-kept = 没有网络。价格截至 { $when }。
product-tiers = 按数量计价
product-tier = { $count } 件起
product-at-door = 每件到门价
product-at-door-about = 每件到门价，大约
product-door = 到门每件 { $price }
product-door-about = 到门每件大约 { $price }
product-quantity = 数量
product-pieces = { $count } 件
product-rule = { $step ->
    [1] { $minimum } 件起售。
   *[other] { $minimum } 件起售，之后每包 { $step } 件。
  }
ships-from-day = { $day }起发货
product-in-stock = { $place }现货 { $available } 件
product-short-stock = { $place }只有 { $available } 件现货。
product-sold-out = 暂时售完
product-goods = 商品价，不含运费
product-in-cart = 购物车里有 { $count } 件
product-add = 加 { $count } 件到购物车
product-added = 已加 { $count } 件到购物车
product-facts = 产地与详情
product-origin = 产地
product-options = 款式
product-weight = 单件重量
product-packs = 每包
product-code = 海关编码
product-code-none = 尚未确定
product-number = 编号
product-rate = 汇率
product-safety = 安全信息
product-manufacturer = 制造商
product-address = 联系方式
product-warnings = 警示
product-warnings-none = 无

## Landed cost
landed-title = 送到{ $country }你家门口
landed-where = 送到哪里？
landed-change = 更改
landed-choose = 选择
landed-country = 国家或地区
landed-currency = 货币
landed-piece = 每件到门价
landed-piece-about = 每件到门价，大约
landed-piece-part = 每件，不含关税和税
landed-piece-goods = 每件，仅商品
landed-part-goods = 商品
landed-part-freight = 运费
landed-part-duty = 关税
landed-part-tax = 税
landed-part-fees = 手续费
landed-times = { $count } × { $price }
landed-not-known = 不知道
landed-at-door = 到门时付
landed-range = { $low } 到 { $high } 之间
landed-waiting-asking = 正在询价…
landed-waiting-offline = 稍后
landed-waiting-nowhere = 送到哪里？
landed-waiting-failed = 不知道
landed-waiting-known = 不知道
landed-sum = 合计
landed-sum-about = 合计，大约
landed-total = 到门总价
landed-total-about = 到门总价，大约
landed-total-now = 现在支付
landed-total-now-about = 现在支付，大约
landed-total-without = 总计，不含关税和税
landed-total-goods = 商品
landed-door-nothing = 到门时不用再付钱。
landed-door-asks = 到门时大约要付 { $amount }。
landed-door-unknown = 不知道到门时要付多少。
landed-estimate = 其中一条规则是估算。你现在付的金额在结算时确定。
landed-on-phone = 由本手机按 { $day } 的规则算出，以商店报价为准。
landed-offline = 商品价已知。运费、关税和税要等下次联网。
landed-failed = 商店暂时没有报价。
landed-not-carried = 目前没有承运人把它送到{ $country }。
landed-line-not-carried = 没有承运人这样把 { $title } 送到{ $country }。
landed-days = 大约 { $from } 到 { $to } 天
landed-travel = { $service }，大约 { $from } 到 { $to } 天
landed-travel-title = 怎么运
landed-travel-legend = { $shop } 的包裹
landed-travel-priced = { $service }，{ $price }
landed-travel-all = 购物车里能这样运的包裹都这样运。
origin-only = 从{ $place }发出：货物只在那里有。
origin-split = 多个包裹之一，从{ $place }发出：没有一处货物齐全。
origin-split-than = 多个包裹之一，从{ $place }发出：合起来比从{ $other }发一个包裹更好。
origin-cheaper_and_sooner-than = 从{ $place }发出：比从{ $other }便宜 { $money }，{ $days ->
    [0] 同样快
   *[other] 早 { $days } 天
}。
origin-cheaper-than = 从{ $place }发出：比从{ $other }便宜 { $money }，但晚 { $days } 天。
origin-sooner-than = 从{ $place }发出：比从{ $other }早 { $days } 天，贵 { $money }。
origin-known-than = 从{ $place }发出：从{ $other }发则没人知道边境收多少。
landed-service-post = 邮政
landed-service-express = 快递
landed-service-consolidated = 与其他包裹合运
landed-refused = 不行。
landed-refused-dangerous = 不行：危险品（{ $un }）。
landed-refused-pieces = 不行：每个包裹最多 { $limit } 件危险品（{ $un }）。
landed-refused-grams = 不行：每个包裹最多 { $limit } 危险品（{ $un }）。
landed-refused-long = 不行：长于 { $limit }。
landed-refused-heavy = 不行：太重。
landed-refused-large = 不行：太大。
landed-terms-title = 什么时候付关税和税？
landed-terms-legend = 边境要收的钱
landed-terms-ddp = 下单时付
landed-terms-dap = 到门时付
landed-terms-now = 现在付 { $now }，到门不用付
landed-terms-both = 现在付 { $now }，到门大约付 { $door }
landed-terms-open = 现在付 { $now }，其余不知道
landed-terms-all = 购物车里关税和税已知的包裹都照此办理。
landed-room = 重 { $weight }，占 { $room } 的空间；承运人按空间计。
landed-rules = 费用是怎么算的
landed-business = 因为你以企业身份购买：
rule-exchange = 价格按 { $rate } 换算。
rule-exchange-customs = 海关按 { $rate } 计算。
rule-freight = { $name }：{ $rate }，计 { $weight }。
rule-duty = 编码 { $name } 的商品关税：{ $rate }。
rule-duty-free = 编码 { $name } 的商品免关税。
rule-preference = 原产地已证明，按 { $name } 关税降到 { $rate }。
rule-preference-free = 原产地已证明，按 { $name } 免关税。
rule-preference_possible = 若能证明原产地，按 { $name } 关税可降到 { $rate }。
rule-preference_possible-free = 若能证明原产地，按 { $name } 可免关税。
rule-layer = 另加：{ $name }，{ $rate }。
rule-flat_duty = 以 { $rate } 的固定关税代替税则。
rule-duty_relief = { $rate } 以内不收关税。
rule-tax = { $country } 的 { $name }：{ $rate }。
rule-tax_relief = { $rate } 以内不收税。
rule-tax_at_sale = { $rate } 以内由卖家在销售时收税，边境不再收。
rule-reverse_charge = 不收 { $name }（{ $rate }）：由你自行申报。
rule-no_border = 途中没有边境：{ $name }。
rule-fee = { $name }：{ $rate }。
rule-advance_fee = { $name } 先在边境垫付，为此收 { $rate }。
rule-unknown-hs = 关税未知：手艺人还没有给 { $title } 归类。
rule-unknown-duty = 关税未知：我们手头{ $country }的税则里没有 { $title }。
rule-unknown-tax = 税未知：我们没有{ $country }的税率。
rule-unknown-territory = 关税和税未知：我们没有{ $country }的规则。
rule-unknown-exchange = 关税和税未知：我们没有换成{ $country }货币的汇率。
rule-range = 在 { $low } 到 { $high } 之间；我们收较高的。
rule-ask-textile = 取决于材料，以及是针织还是机织。请向手艺人问完整的海关编码。
rule-ask-material = 取决于用什么做的。请向手艺人问完整的海关编码。
rule-ask-material-price = 取决于用什么做的，常常还看尺寸或价格。请向手艺人问完整的海关编码。
rule-ask-kind = 取决于它究竟是什么。请向手艺人问完整的海关编码。
rule-none = 这里不收费。
rule-source = 来源：{ $source }，截至 { $date }
rule-firm = 确定。
rule-estimate = 估算。
rule-unknown = 未知。
rule-from = 自 { $from } 起。
rule-to = 到 { $to } 止。
rule-from-to = { $from } 至 { $to }。
rule-review = 须在 { $date } 前重新核对。
rule-overdue = 本应在 { $date } 前重新核对。
rate-free = 免税
rate-at-least = 至少
rate-min = 至少
rate-max = 至多
business-flat_duty = { $rate } 的固定关税只对个人；按税则计。
business-duty_relief = 只有个人在 { $rate } 以内免关税。
business-tax = 不收 { $name }（{ $rate }）。
business-tax_relief = 只有个人在 { $rate } 以内免税。
business-tax_at_sale = 卖家不在销售时收税。
business-fee = 不收 { $name }（{ $rate }）。
business-other = { $name }（{ $rate }）不适用。
buyer-title = 谁购买？
buyer-person = 个人
buyer-business = 企业
buyer-company = 公司（选填）
buyer-vat = 增值税号（选填）
buyer-eori = EORI 号（选填）
buyer-number-hint = 例如 { $example }
buyer-vat-wrong = 增值税号的样子是 { $example }。
buyer-eori-wrong = EORI 号是两个国家字母加最多 15 个字母或数字。
buyer-note = 有些规则只对个人。价格会说明哪些改变了。

## Checkout
checkout-title = 结算
checkout-empty-title = 没有可下单的商品
checkout-empty-text = 购物车是空的。已下的订单在“订单”里。
checkout-deliver = 送到
checkout-which = 存在这部手机里
checkout-elsewhere = 别的地方
checkout-keep = 下次继续使用
checkout-email = 电子邮箱
checkout-email-hint = 用来发送确认信和查看包裹的链接。
checkout-payment = 付款
checkout-sandbox = 沙盒付款：不会动用真钱。
checkout-card = 测试卡
checkout-card-ok = 能付款的卡
checkout-card-declined = 会被拒绝的卡
checkout-card-challenge = 银行要求你确认的卡
checkout-card-timeout = 很久才有回应的卡
checkout-bill = 费用
checkout-frozen = 此价格保留到 { $time }。
checkout-last-price = 这是商店最后给你的价格，不会多扣。
checkout-no-quote = 没有拿到价格。购物车安然无恙。
checkout-no-price = 还没有价格
checkout-reckoning = 正在计算价格…
checkout-where-first = 请先选择国家或地区
checkout-line-problem = { $title } 不能这样下单，请在购物车里修改。
checkout-pay = 支付 { $amount }
checkout-later = 联网后下单
checkout-at-most = 最多扣款 { $amount }。
checkout-limit = 你最多付多少
checkout-limit-text = 离线时无法向商店询价。只有商品、运费、关税和税合计不超过这个金额才会下单。
checkout-limit-reckoned = 本手机按保存的规则算出价格。只有商店报价不超过这个金额才会下单。
checkout-limit-most = 最多
checkout-limit-share = 商品价再加最多 { $share } %
checkout-limit-share-reckoned = 手机算出的价格再加最多 { $share } %
checkout-challenge-title = 是你本人吗？
checkout-challenge-text = 沙盒银行在动钱之前要问一声。尚未扣款。
checkout-challenge-yes = 确认，是我
checkout-challenge-no = 不是，停止
checkout-queued-title = 等待提交的订单
checkout-queued-waiting = 订单已存在这部手机里
checkout-queued-waiting-text = 一有网络就会发出。
checkout-queued-queued = 订单已收到
checkout-queued-queued-text = 正在核对价格。
checkout-queued-working = 正在提交订单
checkout-queued-working-text = 正在核对库存和付款。
checkout-withdraw = 撤回
checkout-withdrawn = 订单已撤回，购物车保持原样。
checkout-again = 再看一眼
checkout-dismiss = 知道了
checkout-why-price-changed = 价格上涨了
checkout-why-price-changed-text = 没有扣款。新价格在上面，认可就再点一次。
checkout-why-dearer = 价格上涨了
checkout-why-dearer-text = 没有扣款。新价格在按钮上，认可就再点一次。
checkout-why-stock = 库存不足
checkout-why-stock-text = 没有扣款。请在购物车里修改数量。
checkout-why-authenticate = 银行需要你确认
checkout-why-authenticate-text = 没有扣款。请再次下单并确认付款。
checkout-why-declined = 卡被拒绝了
checkout-why-declined-text = 没有扣款，购物车保持原样。请换一张卡。
checkout-why-not-confirmed = 付款没有确认
checkout-why-not-confirmed-text = 没有扣款，购物车保持原样。
checkout-why-quote-expired = 报价过期了
checkout-why-quote-expired-text = 没有扣款。这是新的报价，认可就再点一次。
checkout-why-cart-changed = 购物车变了
checkout-why-cart-changed-text = 没有扣款。另一部手机改了购物车，现在是这样。
checkout-why-cart-ordered = 这个购物车已经下过单
checkout-why-cart-ordered-text = 没有重复扣款。订单在“订单”里。
checkout-why-closed = 现在不能下单
checkout-why-closed-text = 没有扣款。某件商品或某条线路已关闭。
checkout-why-invalid = 表单里有些内容不对
checkout-why-invalid-text = 没有扣款。请检查地址和邮箱。
checkout-why-too-many-requests = 尝试太多次了
checkout-why-too-many-requests-text = 没有扣款。等一分钟再试。
checkout-why-sign-in = 登录后才能下单
checkout-why-sign-in-text = 没有扣款。请登录后再下单。
checkout-why-old = 这笔订单太旧了
checkout-why-old-text = 没有扣款。如果还需要，请再下一次。
checkout-why-unsure = 下单时断线了
checkout-why-unsure-text = 再点一次：同一笔订单绝不会下两次。
checkout-why-failed = 订单没有成功
checkout-why-failed-text = 服务器出了问题。再点一次：同一笔订单绝不会下两次。

## Orders
order-list-title = 订单
order-title = 订单 { $number }
order-moving = 在路上
order-past = 已到达和已结束
order-none-title = 还没有订单
order-none-text = 下单后，每一步都会显示在这里。
order-none-guest = 下单后，每一步都会显示在这里。用别的手机下过单？登录后查看。
order-none-browse = 去逛逛
order-progress = 到门进度
order-placed = { $count ->
    [1] 已下单，谢谢！
   *[other] 已向 { $count } 家工坊下单，谢谢！
  }
order-placed-text = 确认信正发往你的邮箱。
order-placed-others = 查看另外 { $count } 个订单
order-expected = 预计 { $when } 送到。
order-eta-lane = 这条路线上每 10 个包裹中至少 { $share } 个在这些天内送到（按最近 { $trips } 个计算）。
order-eta-first = 这是承运人自己的估计；我们还没有包裹走过这条路线。
order-eta-few = { $count ->
   *[other] 这是承运人自己的估计；至今有 { $count } 个我们的包裹走过这条路线。
  }
order-eta-carrier = 这是承运人自己的估计。
order-from-to = 从{ $from }到{ $to }
order-updated = 最近消息：{ $when }
order-quiet = 最近消息：{ $when }。跨国途中承运商常常没有消息，据我们所知它仍在路上。
order-waits-moved = 改为{ $day }起发货，原定{ $before }
order-placed-on = 下单于 { $date }
order-parcel = { $count ->
    [1] 包裹
   *[other] 包裹 { $number }/{ $count }
  }
order-no-parcel-yet = { $shop } 正在准备你的订单。包裹寄出后就能追踪。
order-no-events = 承运商已有单号，还没有消息。
order-carrier-words = 承运商原话
order-carrier-local = Sampan 自己的承运商
order-carrier-unknown = 承运商
order-tracking-number = 追踪号
order-copy-number = 复制追踪号 { $number }
order-bought = 来自 { $shop }
order-line = { $count } × { $price }
order-note = 备注：
order-total = 总计
order-ships-to = 送往{ $country }
order-documents = 文件
order-paper-invoice = 发票
order-paper-packing-list = 装箱单
order-paper-open = 打开
order-paper-share = 分享
order-paper-kept = 已保存在本机
order-paper-offline = 需要网络：本机还没有打开过它。
order-paper-failed = 现在无法生成此文件。请稍后再试。
order-share = 分享追踪此订单的链接
order-link-note = 有这个链接的人能看到包裹的行程，但看不到姓名和地址。
order-link-gone-title = 这个链接没有内容
order-link-gone-text = 复制时可能被截断了。请再要一次。
order-link-ended-title = 这个链接已失效
order-link-ended-text = 请向发给您的人再要一个。是您自己的订单吗？登录即可查看。
order-link-title = 追踪此订单的链接
order-link-until = 有效期至{ $date }。
order-link-ran-out = 已于{ $date }失效。新建一个即可再次分享此订单。
order-link-off = 已关闭：没有人能用链接追踪此订单。
order-link-share = 分享链接
order-link-make = 新建链接
order-link-renew = 换新链接
order-link-stop = 停止分享
order-link-renew-note = 换新链接后，这个链接失效：拿着它的人需要新的。
order-link-made = 已新建链接
order-link-renewed = 已换新链接，旧的已失效
order-link-stopped = 已停止分享，链接已失效
order-link-failed = 没有成功。什么都没有改变；请再试。
order-now-planned = { $shop } 已收到你的订单，稍后处理。
order-now-awaiting_payment = 等待付款。
order-now-waits = 已付款。{ $shop } 预计{ $day }到货。
order-now-paid = 已付款。接下来由 { $shop } 打包。
order-now-packed = { $shop } 已打包，准备发货。
order-now-shipped = 已从 { $shop } 发出。
order-now-delivered = 已送达。
order-now-settled = 已送达并结清。
order-now-cancelled = 已取消，不扣款。
order-now-returned = 已退回。
order-now-disputed = 我们正在处理你的申诉。
order-do-awaiting_payment = 付款还没有完成
order-do-awaiting_payment-text = 银行还没有回应。不会重复扣款；此页会自动更新。
order-do-customs_held = 海关需要你提供信息
order-do-customs_held-text = { $place ->
    [none] { $carrier } 扣留了包裹，等海关得到答复。请带着追踪号致电。
   *[other] 包裹扣留在 { $place }，等海关得到答复。请带着追踪号致电 { $carrier }。
  }
order-do-available_for_pickup = 请取包裹
order-do-available_for_pickup-text = { $place ->
    [none] 包裹在自提点等你。请带上追踪号。
   *[other] 包裹在 { $place } 等你。请带上追踪号。
  }
order-do-delivery_failed = 送货时没有人在
order-do-delivery_failed-text = { $carrier } 会再送一次。请带着追踪号致电选择日期。
order-do-exception = 包裹受阻
order-do-exception-text = { $carrier } 报告了问题。请带着追踪号致电。
order-do-expired = 承运商失去了包裹的踪迹
order-do-expired-text = { $carrier } 很久没有消息。请写信给工坊；你的申诉期仍然有效。
parcel-info_received = 已通知承运商
parcel-picked_up = 已从工坊取件
parcel-in_transit = 在路上
parcel-customs = 在海关
parcel-customs_held = 被海关扣留
parcel-customs_cleared = 已清关
parcel-out_for_delivery = 正在派送
parcel-available_for_pickup = 可以自提
parcel-delivery_failed = 未能送达
parcel-delivered = 已送达
parcel-returning = 正在退回
parcel-returned = 已退回工坊
parcel-exception = 受阻
parcel-expired = 没有后续消息
parcel-now-info_received = 已打包，等待承运商取件。
parcel-now-picked_up = { $place ->
    [none] 已从工坊取件。
   *[other] 已在 { $place } 取件。
  }
parcel-now-in_transit = { $place ->
    [none] 在路上。
   *[other] 在路上，最近一次在 { $place }。
  }
parcel-now-customs = { $place ->
    [none] 在海关。
   *[other] 在 { $place } 海关。
  }
parcel-now-customs_held = { $place ->
    [none] 被海关扣留。
   *[other] 被 { $place } 海关扣留。
  }
parcel-now-customs_cleared = { $place ->
    [none] 已清关。
   *[other] 已在 { $place } 清关。
  }
parcel-now-out_for_delivery = 今天派送。
parcel-now-available_for_pickup = { $place ->
    [none] 可以自提。
   *[other] 可以在 { $place } 自提。
  }
parcel-now-delivery_failed = 承运商上门时没有人在。
parcel-now-delivered = { $place ->
    [none] 已送达。
   *[other] 已在 { $place } 送达。
  }
parcel-now-returning = 正在退回工坊。
parcel-now-returned = 已退回工坊。
parcel-now-exception = { $place ->
    [none] 途中受阻。
   *[other] 在 { $place } 受阻。
  }
parcel-now-expired = 承运商没有后续消息。

## Asking about pushes
push-ask-title = 包裹有动静时通知你？
push-ask-example = 消息的样子
push-ask-example-title = { $shop }：已在路上
push-ask-example-body = 预计星期四到星期六送达。点开查看行程。
push-ask-how-much = 通知哪些
push-ask-important = 重要的
push-ask-important-hint = 发货、扣留、派送、送达
push-ask-every-step = 每一步
push-ask-every-step-hint = 途中每次扫描
push-ask-chosen = 自选
push-ask-chosen-hint = 您勾选的步骤
push-ask-none = 都不要
push-ask-none-hint = 这部手机保持安静
push-ask-yes = 通知我
push-ask-no = 暂时不要
push-ask-on = 有动静时这部手机会通知你
push-ask-off = 这部手机保持安静
push-ask-blocked = 此网站的通知被屏蔽了。请在浏览器设置里允许，再回来。
push-ask-timeout = 浏览器的推送服务没有回应。没有任何改变，请稍后再试。
push-ask-failed = 刚才没有成功。没有任何改变，请稍后再试。
push-ask-unsupported = 这个浏览器收不到通知。邮件照常发送。
push-ask-install-first = 在这部手机上，把应用放到主屏幕后才能收到通知。
push-steps = 会提醒的步骤
push-step-delayed = 发货推迟
push-step-packed = 已打包
push-step-shipped = 已发货
push-step-cancelled = 已取消
push-quiet = 免打扰时段
push-quiet-keep = 夜间不提醒
push-quiet-hint = 消息留到早上，届时只告知最新的一条。
push-quiet-from = 从
push-quiet-to = 到
push-saved = 已保存
push-mail-title = 信件
push-mail-legend = 联系不到任何手机时
push-mail-important = 给我写信
push-mail-important-hint = 重要步骤各发一封，寄到订单的邮箱
push-mail-none = 不要信件
push-mail-none-hint = 您自己来这里查看
push-mail-unknown = 您的选择保存在商店。联网后可查看和更改。
push-mute = 此订单免打扰
push-mute-hint = 对您的所有手机有效。您仍可在此查看。
push-muted = 此订单不再提醒
push-unmuted = 此订单恢复提醒
notices-title = 通知
notices-news = 发生了什么
notices-none = 还没有消息
notices-none-text = 下单后，包裹的每一步都会显示在这里，离线也能看。
notices-rings = 本机提醒什么
notices-new = 新
push-ask-test = 发送测试
push-ask-test-sent = 测试通知已发出
install-title = 把 Sampan 放在主屏幕
install-text = 打开更快，离线可用，随时跟踪订单。
install-now = 安装
install-step-share = 点浏览器的分享按钮
install-step-add = 选择“添加到主屏幕”
install-step-open = 从主屏幕打开 Sampan 并登录

## Accounts
account-login = 登录
account-login-intro = 这部手机上的购物车会一起带过去。
account-login-instead = 我已有账户
account-register = 创建账户
account-register-intro = 购物车和订单保持不变，也会显示在你的其他手机上。
account-register-instead = 创建一个账户
account-registered = 账户已创建
account-welcome-back = 欢迎回来
account-absorbed = 欢迎回来。购物车里的 { $count } 行也带过来了
account-email = 电子邮箱
account-email-invalid = 请填写邮箱，例如 ines@example.org。
account-password = 密码
account-password-new = 新密码
account-password-missing = 请填写密码。
account-password-short = 至少 { $count } 个字符。用几个词最容易记住。
account-password-hint = 至少 { $count } 个字符。用几个词最容易记住。
account-wrong = 邮箱或密码不对。没有任何改变。
account-taken = 这个邮箱已有账户，请直接登录。
account-too-many = 尝试太多次了。等一分钟再试。
account-unreachable = 没有网络。什么都没有丢失，联网后再试。
account-link-used = 这个链接已用过或已过期。请重新获取。
account-forgot = 忘记密码？
account-forgot-title = 新密码
account-forgot-intro = 我们会发送一个链接，用它设置新密码。
account-forgot-send = 发送链接
account-forgot-sent = 请查看邮箱
account-forgot-sent-text = 如果 { $email } 在这里有账户，链接已在路上，一小时内有效。
account-forgot-again = 重新获取链接
account-reset-title = 设置新密码
account-reset-intro = 之后，其他手机需要重新登录。
account-reset-save = 保存密码
account-reset-done = 新密码已生效
account-reset-done-text = 请在每部手机上用它登录。
account-confirm-title = 电子邮箱
account-confirm-done = 邮箱已确认
account-confirm-done-text = 今后邮件会发到那里。
account-confirm-failed = 这个链接没有用
account-to-you = 去我的账户
address-title = 地址
address-none-title = 还没有地址
address-none-text = 保存一个，结算只需点两下。
address-add = 新地址
address-edit = 修改地址
address-removed = 地址已移除
address-remove = 移除 { $name } 的地址
address-waiting = 在这部手机里等待
address-country = 国家或地区
address-country-missing = 请选择国家或地区。
address-name = 姓名
address-name-missing = 请填写收件人。
address-line1 = 街道和门牌号
address-line1-missing = 请填写街道和门牌号。
address-line2-optional = 楼层、单元或公司（选填）
address-city = 城市
address-city-missing = 请填写城市。
address-postcode = 邮编
address-postcode-missing = 请填写邮编。
address-region = 省或州
address-region-optional = 省或州（选填）
address-region-missing = 请填写省或州。
address-phone-optional = 电话（选填）
address-phone-hint = 只给承运商使用。
devices-title = 手机和浏览器
devices-text = 这些设备都能看到你的购物车和订单。
devices-unnamed = 一部手机或浏览器
devices-this = 本机
devices-seen = 最近使用：{ $when }
devices-sign-out = 退出登录
devices-sign-out-others = 让其他设备全部退出
devices-sure = 要退出登录吗？
devices-sure-text = 那部设备会失去购物车和订单的副本，需要重新登录。
devices-sure-yes = 是的，退出
devices-out = 已退出
devices-others-out = 其他设备都已退出
you-title = 我的
you-guest = 以访客身份购物
you-guest-text = 购物车存在这部手机里。有了账户，它也会显示在你的其他手机上。
you-signed-out = 登录已失效
you-signed-out-text = 购物车照常可用。登录后查看新订单。
you-shops = 在 { $count } 家店铺销售
you-sell = 打包发货
you-sync = 这部手机上的更改
you-settings = 设置
you-language = 语言
you-country = 送到
you-currency = 货币
you-theme = 外观
you-theme-system = 跟随手机
you-theme-light = 浅色
you-theme-dark = 深色
you-saver = 省流量
you-saver-text = 列表不加载图片
you-data = 你的数据
you-data-text = 你的操作存在这部手机里，并发送到 Sampan 的服务器，不会去别的地方。
you-email = 更改邮箱
you-email-text = 我们会向新邮箱发送链接，打开后生效。
you-email-new = 新邮箱
you-email-send = 发送链接
you-email-sent = 链接已发往 { $email }
you-email-pending = 等待确认 { $email }
you-export = 保存我的全部数据
you-delete = 删除关于我的一切
you-delete-sure = 全部删除？
you-delete-text = 购物车、地址和账户会立即从所有手机上删除。订单只保留税法要求的内容。此操作无法撤销。
you-delete-yes = 是的，全部删除
you-deleted = 关于你的一切都已删除
you-logout = 退出登录
you-logged-out = 你已退出登录
you-logout-keep = 退出登录，更改留在这里
you-logout-discard = 丢弃更改并退出
you-stay = 保持登录
you-unsent = 还有 { $count } 项更改没有发送
you-unsent-text = 这部手机一联网，它们就会自动发出。如果现在退出，它们可以留在这里，等你再次在这部手机上登录。
you-discard-sure = 要丢弃这 { $count } 项更改吗？
you-discard-text = 商店还没收到的更改将永久丢失。
you-discard-yes = 丢弃并退出
you-version = Sampan，小批量的小舟

## Sell
sell-title = 打包发货
sell-by-state = 按状态查看批次
sell-state-paid = 待打包
sell-state-packed = 待发货
sell-state-shipped = 在路上
sell-state-delivered = 已送达
sell-none-paid = 没有要打包的
sell-none-packed = 没有要发货的
sell-none-shipped = 没有在路上的
sell-none-delivered = 还没有送达的
sell-none-text = 新批次付款后会立刻显示在这里。
sell-count = { $products } 种商品，{ $pieces } 件
sell-now-waits = 等待{ $day }到货。
sell-waits-text = 货到后先在库存里清点，然后就能打包。
sell-now-planned = 已安排在以后。
sell-now-awaiting_payment = 尚未付款。
sell-now-paid = 已付款，接下来打包。
sell-now-packed = 已打包，接下来交给承运商。
sell-now-shipped = 在路上。
sell-now-delivered = 已送达。
sell-now-settled = 已送达并结清货款。
sell-now-cancelled = 已取消，不要寄出。
sell-now-returned = 已退回。
sell-now-disputed = 买家提出了申诉。
sell-label = 送到
sell-packed = 已打包
sell-packed-done = 已标记为打包
sell-tracking = 追踪
sell-tracking-text = 不填单号时，由演示用的承运商运送。
sell-tracking-number = 追踪号（选填）
sell-carrier = 承运商
sell-shipped = 已发货
sell-shipped-done = 已标记为发货，买家会收到通知
sell-next = 下一步：{ $state }
sell-move = 让包裹前进一步
sell-moved = 已前进一步
sell-tracking-doubted = 请再看一下面单：有一位数字或字母与其他的不符。
sell-as-printed = 面单上就是这样：已发货
sell-papers = 单据
sell-paper-invoice = 发票
sell-paper-packing-list = 装箱单
sell-paper-customs = 报关单
sell-paper-label = 面单
sell-paper-failed = 暂时无法生成此单据。联网后请再试。
sell-failed = 没有成功。批次显示的是当前状态。
sell-gone-title = 没有这个批次
sell-gone-text = 它可能属于另一家店铺。
pick-title = 拣货单
pick-place = 地点
pick-more = 还有更多批次在等待，这些打包后会显示。
pick-kept = 没有信号：这是{ $when }的清单。
pick-progress = 已拣 { $done } / { $all } 行。勾选只保存在此手机上。
pick-done = 全部拣完：打包
pick-pack = 打包第一批
pack-title = 打包时清点
pack-how = 扫描或输入每件商品的代码，或点按其所在行。
pack-code = 条码或 SKU
pack-count = 计数
pack-of = { $done } / { $all }
pack-counted = 已装箱：{ $title }
pack-wrong = 不属于此批次：{ $code }。未计数。
pack-full = 过多：{ $title } 已全部装箱。
pack-mistyped = { $code } 有一位数字错误。未计数。
pack-undo = 取出最后一件
pack-undone = 最后一件已取出。
pack-not-sent = 尚未发送。计数保存在此手机上；联网后请再点一次。
pack-camera = 用相机扫描
pack-camera-off = 关闭相机
pack-camera-failed = 无法使用相机。请在下面输入代码。
pack-light = 照明
pack-light-off = 关灯
pack-next = 打包下一批
missing-tell = 有缺货
missing-title = 货架上缺货
missing-text = 库存数会更正，这张订单排在最前面等货，买家会收到新的日期。如果账上还有空余，订单就用那些。
missing-pieces = 缺几件
missing-pieces-wrong = 请写 1 到 { $count } 之间的数。
missing-day-wrong = 请写明何时到货。
missing-send = 更正
missing-not-sent = 没有发出，需要联网；什么都没变。
missing-waits = 订单等待到货
missing-replaced = 还有空余：取那些

## Push and mail
push-date = { $month ->
    [jan] 1月{ $day }日
    [feb] 2月{ $day }日
    [mar] 3月{ $day }日
    [apr] 4月{ $day }日
    [may] 5月{ $day }日
    [jun] 6月{ $day }日
    [jul] 7月{ $day }日
    [aug] 8月{ $day }日
    [sep] 9月{ $day }日
    [oct] 10月{ $day }日
    [nov] 11月{ $day }日
   *[dec] 12月{ $day }日
  }
push-range = { $from }至{ $to }
push-brief = 点开查看行程。
push-delayed-title = { $shop }：发货推迟
push-delayed-body = 货品改为{ $when }起发货。点开查看。
push-packed-title = { $shop }：已打包
push-packed-body = 您的货品即将发出，上路时我们会通知您。
push-shipped-title = { $shop }：已在路上
push-shipped-body = 预计{ $when }送达。点开查看行程。
push-picked-up-title = { $shop }：承运人已取件
push-picked-up-body = 预计{ $when }送达。点开查看行程。
push-in-transit-title = { $shop }：运输中
push-in-transit-body = 预计{ $when }送达。点开看看到哪了。
push-customs-title = { $shop }：到达海关
push-customs-body = 正在边境查验，仍预计{ $when }送达。
push-customs-held-title = { $shop }：海关需要您
push-customs-held-body = 包裹在边境等您答复。点开查看需要什么。
push-customs-cleared-title = { $shop }：已清关
push-customs-cleared-body = 预计{ $when }送达。点开查看行程。
push-out-for-delivery-title = { $shop }：正在派送
push-out-for-delivery-body = 应该今天送到，请留人签收。
push-available-for-pickup-title = { $shop }：可以取件了
push-available-for-pickup-body = 包裹在自提点等您。点开查看地点和期限。
push-delivery-failed-title = { $shop }：未能送达
push-delivery-failed-body = 没有人签收。点开查看接下来怎么办。
push-delivered-title = { $shop }：已送达
push-delivered-body = 东西都对吗？点开查看订单。
push-returning-title = { $shop }：正在退回
push-returning-body = 包裹正退回给制作者。点开查看原因。
push-returned-title = { $shop }：已退回制作者
push-returned-body = 点开查看款项如何处理。
push-exception-title = { $shop }：出了问题
push-exception-body = 承运人报告包裹有问题。点开查看我们知道的情况。
push-cancelled-title = { $shop }：已取消
push-cancelled-body = 这批货不会来了。点开查看款项如何处理。
push-test-title = 这部手机收得到 Sampan
push-test-body = 订单消息就是这个样子。您不用做任何事。
shell-description = 小作坊的小批量好物，价格直达家门。没有网络也能用。
shell-orders = 订单
shell-cart = 购物车
mail-reset-subject = 为 Sampan 设置新密码
mail-reset-body = 打开此链接即可设置新密码。链接一小时内有效，只能使用一次：
    { $link }

    如果不是你提出的，请不用理会：密码不会改变。
mail-confirm-subject = 确认你在 Sampan 的邮箱
mail-confirm-body = 打开此链接，{ $email } 就会成为你的账户邮箱。链接一小时内有效，只能使用一次：
    { $link }

    如果不是你提出的，请不用理会。
mail-changed-subject = 你的 Sampan 账户邮箱已更改
mail-changed-body = 你的账户邮箱现在是 { $email }，订单邮件会发到那里。

    如果这不是你本人的操作，请立即联系我们。
mail-order-subject = 您在 Sampan 的订单 { $numbers }
mail-order-body = 谢谢您。订单已付款，手工匠人正在备货。

    { $orders }

    请妥善保管这些链接：持有链接的人可以查看订单进度，但看不到您的姓名和地址。
mail-order-part = { $shop }，订单 { $number }：{ $total }
    { $link }
mail-step-subject = { $title }，订单 { $number }
mail-step-body = { $body }
    { $link }

    因为您没有能接收我们通知的手机，所以给您写信。

    请妥善保管此链接：持有链接的人可以查看订单进度，但看不到您的姓名和地址。

# 路线：承诺的天数与实际的天数
lanes-title = 承诺与实际
lanes-text = 各路线从交给承运人到送达的天数：最近一年送到的包裹。
lanes-promised = 承诺
lanes-took = 实际（10 个中 8 个）
lanes-half = 半数已送到
lanes-way = { $from }到{ $to }
lanes-within = { $place }境内
lanes-on-time = { $percent }准时
lanes-days = { $count ->
   *[other] { $count } 天
  }
lanes-says = 承诺 { $promised } 天，实际 { $took } 天；{ $half } 天时半数已送到。
lanes-parcels = { $count ->
   *[other] { $count } 个包裹
  }
lanes-newest = 最近一个：{ $date }
lanes-too-few = 太少，还不能据此承诺
lanes-as-table = 表格
lanes-lane = 路线
lanes-promised-days = 承诺，天
lanes-took-days = 实际，天（10 个中 8 个）
lanes-half-days = 半数已送到，天
lanes-on-time-share = 准时
lanes-count = 包裹
lanes-none = 还没有包裹送到
lanes-none-text = 每个送达的包裹都会按路线计入这里。

# 运营者的部分
operate-title = 规则与费率
operate-forbidden = 仅限工作人员
operate-forbidden-text = 请用有权管理规则的账户登录。
operate-import = 导入文件
operate-all-rules = 所有规则
operate-pushes = 已发送的消息
operate-pushes-none = 这些天没有消息
operate-pushes-none-text = 订单一有变化，消息就会计入这里。
operate-pushes-says = { $planned } 条消息中，{ $sent } 条送达手机，{ $mailed } 条改发邮件；一半在 { $median } 秒内，95% 在 { $p95 } 秒内。
operate-pushes-says-untimed = { $planned } 条消息中，{ $sent } 条送达手机，{ $mailed } 条改发邮件。
operate-pushes-range = 天数
operate-pushes-days = { $days } 天
operate-pushes-by-day = 按天
operate-pushes-by-step = 按步骤
operate-pushes-by-service = 按推送服务
operate-pushes-phones = 可通知的手机
operate-pushes-day = 日期
operate-pushes-step = 步骤
operate-pushes-step-test = 测试
operate-pushes-planned = 计划
operate-pushes-sent = 已发送
operate-pushes-mailed = 邮件
operate-pushes-gone = 手机已失效
operate-pushes-superseded = 已有更新消息
operate-pushes-expired = 过期
operate-pushes-refused = 被拒绝
operate-pushes-muted = 已静音
operate-pushes-waiting = 等待中
operate-pushes-other = 其他结果
operate-pushes-retries = 重试
operate-pushes-keys = 密钥被拒
operate-pushes-paused = 暂停至 { $when }
operate-pushes-no-service = 邮件或未知
operate-changes-next = 即将变化
operate-changes-none = 没有已知的开始或结束。
operate-review-next = 接下来要复查的
operate-review-none = 都已复查。
operate-territories = 关税区
operate-days-left = 距下次复查的天数；过后报价只是估算
operate-rows = 今日行数
operate-duty-rates = 关税税率
operate-estimates = 估算
operate-past-review = 过了复查日
operate-from-imports = 导入的
operate-read-on = 读于 { $date }
operate-read = 读于 { $date }，{ $days } 天前
operate-review = 须在 { $date } 前复查
operate-overdue = 本应在 { $date } 前复查：此后只是估算
operate-from-to = { $from } 至 { $to }
operate-from = 自 { $from }
operate-to = 至 { $to }
operate-always = 没有首日或末日
operate-state-holds = 今日有效
operate-state-to_come = 将生效
operate-state-ended = 已结束
operate-state-overdue = 过了复查日
operate-confidence-firm = 确定
operate-confidence-estimate = 估算
operate-imported = 导入
operate-shipped = Sampan 自带
operate-kind-territories = 关税区
operate-kind-taxes = 税
operate-kind-thresholds = 起征点
operate-kind-flat_duties = 定额关税
operate-kind-fees = 费用
operate-kind-duty_rates = 关税税率
operate-kind-layers = 附加关税
operate-kind-preferences = 优惠
operate-kind-customs_rates = 海关汇率
operate-kind-zones = 运费区
operate-kind-cards = 运价
operate-kind-dangerous_goods = 危险品
operate-find = 查找
operate-find-hint = 某一栏的开头：商品编码、名称、来源
operate-kind = 种类
operate-state = 状态
operate-any = 所有种类
operate-search = 搜索
operate-nothing = 没有这样的规则
operate-nothing-text = 试试更少的数字、其他种类或其他状态。
operate-found = { $count } 条规则
operate-more = 显示更多（还有 { $count } 条）
operate-file = 规则文件
operate-file-text = 我们自己的 CSV、英国关税的商品（JSON）或美国关税表（CSV、JSON）。在改变之前，您会先看到会改变什么。
operate-file-choose = 选择文件
operate-file-reading = 正在读取…
operate-mistake = 第 { $line } 行，{ $column }：
operate-import-done = 已导入，新报价会用它
operate-import-forbidden = 您的账户可以查看规则，不能更改。
operate-import-unreachable = 没有回应。什么都没有改变；请再试。
operate-report = 文件有 { $rows } 行
operate-added = 新增
operate-changed = 变化
operate-confirmed = 重读
operate-unchanged = 不变
operate-touches-all = 涉及所有国家。未过期报价：{ $quotes }。
operate-touches = 涉及 { $countries }{ $more ->
    [0] {""}
   *[other] {" "}等另外 { $more } 个
  }。未过期报价：{ $quotes }；结账时重新计算。
operate-skipped = 略过：{ $count }。
operate-line = 第 { $line } 行
operate-take-in = 导入
operate-leave = 不导入
operate-history = 导入记录
operate-history-none = 还没有导入
operate-history-none-text = 正在使用 Sampan 自带的规则。
operate-counts = 新增 { $added }，变化 { $changed }，不变 { $unchanged }
operate-by-command = 通过命令行
operate-by-staff = 由工作人员
operate-withdraw = 撤回
operate-withdraw-ask = 此文件覆盖的内容立即恢复有效。
operate-keep = 保留
operate-withdrawn = 已撤回
operate-withdrawn-at = 于 { $date } 撤回

codes-title = 商品编码
codes-which = 哪些商品
codes-missing = 没有编码
codes-all = 全部
codes-why = 没有商品编码，就无法告诉买家关税。协调制度的六位数字就够了。
codes-none = 每件商品都有编码
codes-none-text = 在规则已知的地方，买家都能看到关税。
codes-unknown = 还没有编码：关税未知
codes-find = 查找编码
codes-change = 更改
codes-words = 是什么，什么材料？
codes-words-hint = 用英文，如 “cotton shirt”，或编码的前几位
codes-take = 采用 { $code }
codes-failed = 没有回应。联网后再试。
codes-nothing = 没有包含所有这些词的编码。试试更少的词，或材料。
codes-care = 列表有章、品目和常用编码，不是全部目录。您对所选编码负责。
codes-done = { $title }：{ $code }

compare-open = 比较两天
compare-text = 按各自当天的规则，用今天的价格和汇率。两者都不作承诺。
compare-first = 某一天
compare-second = 另一天
compare-unknown = 未知
compare-total = 现在支付
compare-gone = 不再适用
compare-new = 新规则
compare-same = 这两天之间没有规则变化。
compare-failed = 没有回应。联网后再试。

stock-title = 库存
stock-search = 名称或 SKU
stock-search-go = 查找
stock-low = 偏低
stock-none = 没有找到
stock-none-low = 没有偏低的
stock-none-text = 数量来自商品目录、文件，或点一处地点填写。
stock-with-maker = 在制作者处
stock-free = 可售
stock-free-low = 可售，偏低
stock-held = { $count } 件为订单保留
stock-held-more = { $count } 件为订单保留；至少要有这么多。
stock-oldest = 最久的已放 { $days } 天
stock-on-hand = 现有件数
stock-low-mark = 偏低线
stock-low-mark-hint = 可售件数降到这个数就标出；0：从不。
stock-coming = { $day }到货 { $count } 件，已售 { $waiting } 件
stock-coming-day = 到货日期
stock-coming-pieces = 总共到货件数
stock-coming-hint = 到货前就可以下单。已售 { $waiting } 件；0：不再预售。
stock-whole = 请写整数。
stock-save = 保存
stock-counted = { $title }：现有 { $count }
stock-age-30 = 30 天以内
stock-age-90 = 31 到 90 天
stock-age-180 = 91 到 180 天
stock-age-more = 更久
stock-file = 从文件读入数量
stock-file-text = CSV 文件，含 sku 和 on_hand 两列，也可加 warehouse 和 low_mark。
stock-file-choose = 选择文件
stock-file-looked = { $rows } 个数量，其中 { $changed } 个是新的。
stock-file-take = 读入
stock-file-done = { $count } 个数量已更改
stock-file-wrong = 什么都没有读入。请修正文件后再选一次。
stock-mistake = 第 { $line } 行，{ $column }：
transfers-title = 发往仓库途中
transfers-none = 途中没有货物
transfers-none-text = 在“库存”里打开商品在制作者处的那一栏，就能把货发到靠近买家的仓库。
transfers-send = 发往仓库
transfers-to = 仓库
transfers-pieces = 件数
transfers-pieces-wrong = 请写 1 到 { $count } 的整数；可发的就这么多。
transfers-expected = 预计到达日
transfers-sent = 已上路。仓库收到后就算在那里。
transfers-sent-on = { $date } 发出
transfers-expected-on = 预计 { $date } 到
transfers-on_the_way = 途中
transfers-customs = 在海关
transfers-received = 已收到
transfers-difference = 发出 { $sent }：{ $difference }
transfers-entry = 报关单号
transfers-entry-hint = 海关的编号，例如 MRN
transfers-at-customs = 已到海关
transfers-customs-done = 报关单号已记下
transfers-arrived = 已到达
transfers-arrived-text = 清点到货。从现在起那里就有这么多。
transfers-received-go = 收到
transfers-received-done = 已收到并清点

# 演示市场：点一下，时间往前走
forward-title = 演示：让时间过去
forward-text = 这里没有真实的包裹。每点一下就发生下一步；不点的话需要几天。
forward-received = 下一步：货到店里
forward-packed = 下一步：店铺打包
forward-shipped = 下一步：承运商取件
forward-parcel = 下一步：{ $what } · { $place }
forward-sorted = 已分拣
forward-left = 运往国外
forward-arrived = 已到达
forward-asking = 正在查看下一步
forward-offline = 需要网络连接。
forward-failed = 没有成功，请再试一次。

# 条码下的数字
barcode-label = 条码下的数字
barcode-save = 保存条码
barcode-done = 条码已保存
barcode-mistyped = 不是有效号码：应为 8、12、13 或 14 位，且末位须相符。
barcode-refused = 未保存。可能已有其他商品使用此号码。
