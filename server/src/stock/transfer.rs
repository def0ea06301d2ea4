//! Replenishment: pieces on their way from the maker to a shared warehouse. A transfer is a shipment with a customs
//! entry of its own, and what the warehouse counts on arrival is what lies there afterwards.

use super::{
    Movement,
    movement::{self, Spot},
    promise,
};
use crate::platform::db::{self, Tx};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Where a transfer stands; it only goes on.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    OnTheWay,
    Customs,
    Received,
}

/// What leaves the maker, and how.
#[derive(Clone, Debug)]
pub struct NewTransfer {
    pub id: Uuid,
    pub shop_id: Uuid,
    pub warehouse: Uuid,
    /// SKU and pieces.
    pub lines: BTreeMap<String, i64>,
    pub carrier: Option<String>,
    pub number: Option<String>,
    /// `YYYY-MM-DD`
    pub expected_on: Option<String>,
}

/// A transfer as it stands.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub id: Uuid,
    pub shop_id: Uuid,
    pub warehouse: Uuid,
    pub state: TransferState,
    pub carrier: Option<String>,
    pub number: Option<String>,
    pub customs_entry: Option<String>,
    pub expected_on: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub lines: Vec<TransferLine>,
}

#[derive(Clone, Debug)]
pub struct TransferLine {
    pub sku: String,
    pub sent: i64,
    /// What the warehouse counted; None before it did.
    pub received: Option<i64>,
}

/// Why a transfer is not taken, or does not go on.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    #[error("there is no such transfer")]
    NoSuchTransfer,
    #[error("of {sku} only {free} are free with the maker")]
    Short { sku: String, free: i64 },
    #[error("the transfer has no line {0}")]
    NoSuchLine(String),
    #[error("the transfer was received already")]
    Received,
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl db::WriteError for TransferError {
    fn database(&self) -> Option<&DbErr> {
        match self {
            TransferError::Database(error) => Some(error),
            _ => None,
        }
    }
}

impl TransferState {
    const ALL: [TransferState; 3] = [
        TransferState::OnTheWay,
        TransferState::Customs,
        TransferState::Received,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            TransferState::OnTheWay => "on_the_way",
            TransferState::Customs => "customs",
            TransferState::Received => "received",
        }
    }
}

/// Pieces leave the maker's shelf for a warehouse. Repeated under the same id it changes nothing.
pub async fn send(tx: &Tx, transfer: &NewTransfer, now_micros: i64) -> Result<(), TransferError> {
    let text = "INSERT INTO transfer (shop_id, id, warehouse, state, carrier, number, expected_on, created_at, updated_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (shop_id, id) DO NOTHING";
    let values: [Value; 8] = [
        transfer.shop_id.into(),
        transfer.id.into(),
        transfer.warehouse.into(),
        TransferState::OnTheWay.as_str().into(),
        transfer.carrier.clone().into(),
        transfer.number.clone().into(),
        transfer.expected_on.clone().into(),
        now_micros.into(),
    ];
    if db::execute(tx, text, values).await? == 0 {
        return Ok(());
    }
    for (sku, pieces) in &transfer.lines {
        let text = "UPDATE stock SET on_hand = on_hand - $1 \
                    WHERE shop_id = $2 AND sku = $3 AND warehouse = $2 AND on_hand - reserved >= $1";
        let values = [
            (*pieces).into(),
            transfer.shop_id.into(),
            sku.as_str().into(),
        ];
        if db::execute(tx, text, values).await? == 0 {
            let free = free_with_maker(tx, transfer.shop_id, sku).await?;
            let sku = sku.clone();
            return Err(TransferError::Short { sku, free });
        }
        let spot = Spot {
            shop_id: transfer.shop_id,
            sku,
            warehouse: transfer.shop_id,
        };
        let kind = Movement::Transferred;
        movement::once(tx, spot, kind, transfer.id, -pieces, now_micros).await?;
        let text =
            "INSERT INTO transfer_line (shop_id, transfer_id, sku, sent) VALUES ($1, $2, $3, $4)";
        let values = [
            transfer.shop_id.into(),
            transfer.id.into(),
            sku.as_str().into(),
            (*pieces).into(),
        ];
        db::execute(tx, text, values).await?;
    }
    Ok(())
}

/// Customs has it, under this entry number. Told again, the newer number stands.
pub async fn at_customs(
    tx: &Tx,
    shop_id: Uuid,
    id: Uuid,
    entry: &str,
    now_micros: i64,
) -> Result<(), TransferError> {
    let transfer = find(tx, &[shop_id], id).await?;
    if transfer.state == TransferState::Received {
        return Err(TransferError::Received);
    }
    let text = "UPDATE transfer SET state = $3, customs_entry = $4, updated_at = $5 WHERE shop_id = $1 AND id = $2";
    let values: [Value; 5] = [
        shop_id.into(),
        id.into(),
        TransferState::Customs.as_str().into(),
        entry.into(),
        now_micros.into(),
    ];
    db::execute(tx, text, values).await?;
    Ok(())
}

/// What the warehouse counted lies there from now on; lines it does not name came in full. Repeated with the same counts
/// it changes nothing; other counts after that are refused, the stock is counted anew instead. Answers the order groups
/// that waited for what came.
pub async fn receive(
    tx: &Tx,
    shop_id: Uuid,
    id: Uuid,
    counted: &BTreeMap<String, i64>,
    now_micros: i64,
) -> Result<Vec<Uuid>, TransferError> {
    let transfer = find(tx, &[shop_id], id).await?;
    let is_line = |sku: &&String| transfer.lines.iter().any(|line| line.sku == **sku);
    if let Some(sku) = counted.keys().find(|sku| !is_line(sku)) {
        return Err(TransferError::NoSuchLine(sku.clone()));
    }
    let count = |line: &TransferLine| counted.get(&line.sku).copied().unwrap_or(line.sent);
    let text = "UPDATE transfer SET state = $3, updated_at = $4 WHERE shop_id = $1 AND id = $2 AND state <> $3";
    let values: [Value; 4] = [
        shop_id.into(),
        id.into(),
        TransferState::Received.as_str().into(),
        now_micros.into(),
    ];
    if db::execute(tx, text, values).await? == 0 {
        let mut lines = transfer.lines.iter();
        return if lines.all(|line| line.received == Some(count(line))) {
            Ok(Vec::new())
        } else {
            Err(TransferError::Received)
        };
    }
    let mut served = Vec::new();
    for line in &transfer.lines {
        let pieces = count(line);
        let text = "UPDATE transfer_line SET received = $4 WHERE shop_id = $1 AND transfer_id = $2 AND sku = $3";
        let values: [Value; 4] = [
            shop_id.into(),
            id.into(),
            line.sku.as_str().into(),
            pieces.into(),
        ];
        db::execute(tx, text, values).await?;
        let spot = Spot {
            shop_id,
            sku: &line.sku,
            warehouse: transfer.warehouse,
        };
        let is_promised = promise::lock(tx, spot).await?;
        if movement::once(tx, spot, Movement::Received, id, pieces, now_micros).await? {
            let text = "INSERT INTO stock (shop_id, sku, warehouse, on_hand, reserved) VALUES ($1, $2, $3, $4, 0) \
                        ON CONFLICT (shop_id, sku, warehouse) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand";
            let values: [Value; 4] = [
                shop_id.into(),
                line.sku.as_str().into(),
                transfer.warehouse.into(),
                pieces.into(),
            ];
            db::execute(tx, text, values).await?;
            if is_promised {
                served.extend(promise::came(tx, spot, pieces, now_micros).await?);
            }
        }
    }
    Ok(served)
}

/// One transfer, if it is of one of these shops.
pub async fn find(
    connection: &impl ConnectionTrait,
    shops: &[Uuid],
    id: Uuid,
) -> Result<Transfer, TransferError> {
    let found = select(connection, shops, "AND id = $1", vec![id.into()]).await?;
    found
        .into_iter()
        .next()
        .ok_or(TransferError::NoSuchTransfer)
}

/// The transfers of these shops, newest first, older than `before`.
pub async fn page(
    connection: &impl ConnectionTrait,
    shops: &[Uuid],
    before: Uuid,
    limit: i64,
) -> Result<Vec<Transfer>, DbErr> {
    let filter = "AND id < $1 ORDER BY id DESC LIMIT $2";
    select(connection, shops, filter, vec![before.into(), limit.into()]).await
}

async fn select(
    connection: &impl ConnectionTrait,
    shops: &[Uuid],
    filter: &str,
    mut values: Vec<Value>,
) -> Result<Vec<Transfer>, DbErr> {
    let mut owners = shops.iter().map(|shop| (*shop).into()).collect();
    let list = db::in_list(values.len() + 1, &mut owners);
    values.extend(owners);
    let text = format!(
        "SELECT shop_id, id, warehouse, state, carrier, number, customs_entry, expected_on, created_at, updated_at \
         FROM transfer WHERE shop_id IN ({list}) {filter}"
    );
    let rows = db::fetch_all(connection, &text, values).await?;
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut lines = lines_of(connection, shops, &found).await?;
    for transfer in &mut found {
        transfer.lines = lines.remove(&transfer.id).unwrap_or_default();
    }
    Ok(found)
}

async fn lines_of(
    connection: &impl ConnectionTrait,
    shops: &[Uuid],
    transfers: &[Transfer],
) -> Result<HashMap<Uuid, Vec<TransferLine>>, DbErr> {
    let mut lines: HashMap<Uuid, Vec<TransferLine>> = HashMap::new();
    if transfers.is_empty() {
        return Ok(lines);
    }
    let mut values: Vec<Value> = shops.iter().map(|shop| (*shop).into()).collect();
    let shop_list = db::in_list(1, &mut values);
    let mut ids = transfers.iter().map(|each| each.id.into()).collect();
    let id_list = db::in_list(values.len() + 1, &mut ids);
    values.extend(ids);
    let text = format!(
        "SELECT transfer_id, sku, sent, received FROM transfer_line \
         WHERE shop_id IN ({shop_list}) AND transfer_id IN ({id_list}) ORDER BY transfer_id, sku"
    );
    for row in db::fetch_all(connection, &text, values).await? {
        let line = TransferLine {
            sku: row.try_get("", "sku")?,
            sent: row.try_get("", "sent")?,
            received: row.try_get("", "received")?,
        };
        lines
            .entry(row.try_get("", "transfer_id")?)
            .or_default()
            .push(line);
    }
    Ok(lines)
}

async fn free_with_maker(tx: &Tx, shop_id: Uuid, sku: &str) -> Result<i64, DbErr> {
    let text = "SELECT on_hand - reserved AS free FROM stock WHERE shop_id = $1 AND sku = $2 AND warehouse = $1";
    let row = db::fetch_one(tx, text, [shop_id.into(), sku.into()]).await?;
    row.map_or(Ok(0), |row| row.try_get("", "free"))
}

fn read(row: &QueryResult) -> Result<Transfer, DbErr> {
    let state: String = row.try_get("", "state")?;
    let state = TransferState::ALL
        .into_iter()
        .find(|known| known.as_str() == state)
        .ok_or_else(|| DbErr::Custom(format!("no transfer state is called {state}")))?;
    Ok(Transfer {
        id: row.try_get("", "id")?,
        shop_id: row.try_get("", "shop_id")?,
        warehouse: row.try_get("", "warehouse")?,
        state,
        carrier: row.try_get("", "carrier")?,
        number: row.try_get("", "number")?,
        customs_entry: row.try_get("", "customs_entry")?,
        expected_on: row.try_get("", "expected_on")?,
        created_at: row.try_get("", "created_at")?,
        updated_at: row.try_get("", "updated_at")?,
        lines: Vec::new(),
    })
}
