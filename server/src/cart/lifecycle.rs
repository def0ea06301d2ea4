//! A cart's life: opened, ordered or absorbed, followed by its successor. All of it inside the caller's transaction,
//! under the scope's revision.

use crate::{
    cart::storage::{self, CartRow, LineRow},
    planted::Bug,
    platform::{
        Platform,
        db::{self, Tx},
    },
    scope::Revision,
};
use sampan_engine::cart_merge::{Add, Line, Stamp};
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashMap;
use uuid::Uuid;

/// A cart that became an order; what was left is in the successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartClosed {
    pub successor: Uuid,
}

/// What of a line goes on into another cart.
struct Moved {
    line: String,
    quantity: i64,
    note: Option<String>,
    /// Who wrote or cleared the note, and when; None if nobody did.
    note_stamp: Option<Stamp>,
}

/// Why a cart cannot become an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartRefusal {
    NoSuchCart,
    AlreadyOrdered {
        order_group: Option<Uuid>,
    },
    /// It holds less than the quote says.
    Changed,
}

/// The scope's open cart; `new_id` becomes it when there is none yet.
pub async fn ensure_open(tx: &Tx, revision: Revision, new_id: Uuid) -> Result<Uuid, DbErr> {
    if let Some(cart) = storage::open_cart(tx, revision.scope_id).await? {
        return Ok(cart.id);
    }
    storage::save_carts(
        tx,
        &[CartRow::open(revision.scope_id, new_id, revision.rev)],
    )
    .await?;
    remember_open(tx, revision.scope_id, new_id).await?;
    Ok(new_id)
}

/// SKU and quantity of every line above zero; None if the scope has no such cart.
pub async fn lines(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    cart_id: Uuid,
) -> Result<Option<Vec<(String, i64)>>, DbErr> {
    if storage::cart(connection, scope_id, cart_id)
        .await?
        .is_none()
    {
        return Ok(None);
    }
    let rows = storage::lines_of(connection, scope_id, cart_id).await?;
    let held = rows.into_iter().map(|row| (row.line, row.merge.quantity()));
    Ok(Some(held.filter(|(_, quantity)| *quantity > 0).collect()))
}

/// Closes the cart for an order of exactly these lines. More in the cart moves on to the successor, one add a line;
/// less refuses.
pub async fn take_for_order(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    cart_id: Uuid,
    ordered: &[(String, i64)],
    order_group: Uuid,
) -> Result<Result<CartClosed, CartRefusal>, DbErr> {
    let Some(cart) = storage::cart(tx, revision.scope_id, cart_id).await? else {
        return Ok(Err(CartRefusal::NoSuchCart));
    };
    if !cart.is_open() {
        return Ok(Err(CartRefusal::AlreadyOrdered {
            order_group: cart.order_group,
        }));
    }
    let rows = storage::lines_of(tx, revision.scope_id, cart_id).await?;
    let mut left: HashMap<&str, i64> = rows
        .iter()
        .map(|row| (row.line.as_str(), row.merge.quantity()))
        .collect();
    for (line, quantity) in ordered {
        let held = left.entry(line.as_str()).or_insert(0);
        *held -= quantity;
        if *held < 0 {
            return Ok(Err(CartRefusal::Changed));
        }
    }
    let goes_on = |moved: &Moved| moved.quantity > 0 && !platform.planted.is(Bug::SuccessorEmpty);
    let moved: Vec<Moved> = rows
        .iter()
        .map(|row| Moved::of(row, left[row.line.as_str()]))
        .filter(goes_on)
        .collect();
    let closed = CartRow {
        state: "ordered".to_owned(),
        order_group: Some(order_group),
        ..cart
    };
    let successor = close(platform, tx, revision, closed, rows, &moved).await?;
    Ok(Ok(CartClosed { successor }))
}

/// What the shopper wrote on the lines of a cart, by line. A cart that was closed still knows.
pub async fn notes(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
    cart_id: Uuid,
) -> Result<HashMap<String, String>, DbErr> {
    let rows = storage::lines_of(connection, scope_id, cart_id).await?;
    let noted = rows
        .into_iter()
        .filter_map(|row| Some((row.line, row.note?)));
    Ok(noted.collect())
}

/// Puts lines of a closed cart back into the open one, one add a line, with what was written on them: a payment was
/// declined, or stock ran short.
pub async fn give_back(
    tx: &Tx,
    revision: Revision,
    closed: Uuid,
    lines: &[(String, i64)],
) -> Result<(), DbErr> {
    let rows = storage::lines_of(tx, revision.scope_id, closed).await?;
    let rows: HashMap<&str, &LineRow> = rows.iter().map(|row| (row.line.as_str(), row)).collect();
    let moved: Vec<Moved> = lines
        .iter()
        .map(|(line, quantity)| match rows.get(line.as_str()) {
            Some(row) => Moved::of(row, *quantity),
            None => Moved {
                line: line.clone(),
                quantity: *quantity,
                note: None,
                note_stamp: None,
            },
        })
        .collect();
    add_to_open(tx, revision, &moved).await
}

async fn add_to_open(tx: &Tx, revision: Revision, moved: &[Moved]) -> Result<(), DbErr> {
    let Some(mut cart) = storage::open_cart(tx, revision.scope_id).await? else {
        return Err(DbErr::Custom("a scope without an open cart".to_owned()));
    };
    add_lines(tx, revision, &mut cart, moved).await?;
    storage::save_carts(tx, &[cart]).await
}

/// Moves a guest's cart into an account's open cart, once: a repeat answers the same number and changes nothing. Both
/// scopes' revisions are held by the caller. An unknown guest cart counts as empty.
pub async fn absorb(
    platform: &Platform,
    tx: &Tx,
    guest: Revision,
    account: Revision,
    guest_cart: Uuid,
) -> Result<i64, DbErr> {
    let Some(cart) = storage::cart(tx, guest.scope_id, guest_cart).await? else {
        return Ok(0);
    };
    if !cart.is_open() {
        if platform.planted.is(Bug::AbsorbedTwice) && cart.absorbed_lines > 0 {
            absorb_again(tx, account).await?;
        }
        return Ok(cart.absorbed_lines);
    }
    let rows = storage::lines_of(tx, guest.scope_id, guest_cart).await?;
    let held: Vec<Moved> = rows
        .iter()
        .map(|row| Moved::of(row, row.merge.quantity()).into_scope(account))
        .filter(|moved| moved.quantity > 0)
        .collect();
    let absorbed_lines = held.len() as i64;
    let closed = CartRow {
        state: "absorbed".to_owned(),
        absorbed_lines,
        ..cart
    };
    close(platform, tx, guest, closed, rows, &[]).await?;
    ensure_open(tx, account, platform.new_id()).await?;
    add_to_open(tx, account, &held).await?;
    Ok(absorbed_lines)
}

/// The planted bug: what the server put into the account's cart is put there once more.
async fn absorb_again(tx: &Tx, account: Revision) -> Result<(), DbErr> {
    let Some(cart) = storage::open_cart(tx, account.scope_id).await? else {
        return Ok(());
    };
    let rows = storage::lines_of(tx, account.scope_id, cart.id).await?;
    let own = |row: &LineRow| -> i64 {
        let own = row.merge.adds.iter().filter(|add| add.device.is_nil());
        own.map(|add| add.delta).sum()
    };
    let again = rows.iter().map(|row| Moved::of(row, own(row)));
    let again: Vec<Moved> = again.filter(|moved| moved.quantity > 0).collect();
    add_to_open(tx, account, &again).await
}

impl Moved {
    fn of(row: &LineRow, quantity: i64) -> Self {
        Self {
            line: row.line.clone(),
            quantity,
            note: row.note.clone(),
            note_stamp: row.note_stamp,
        }
    }

    /// A phone and a revision of one scope mean nothing in another: there the server wrote it, at the time it was written.
    fn into_scope(mut self, revision: Revision) -> Self {
        self.note_stamp = self.note_stamp.map(|stamp| Stamp {
            eff: stamp.eff,
            device: Uuid::nil(),
            seq: revision.rev,
            rev: revision.rev,
        });
        self
    }
}

/// Writes the closed cart, empties its lines, and opens a successor holding `moved`. The lines keep what was written on
/// them, which nobody sees: an order takes it, or it comes back with the lines.
async fn close(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    mut closed: CartRow,
    rows: Vec<LineRow>,
    moved: &[Moved],
) -> Result<Uuid, DbErr> {
    let emptied: Vec<LineRow> = rows
        .into_iter()
        .filter(|row| row.merge.quantity() > 0)
        .map(|row| LineRow {
            rev: revision.rev,
            merge: Line::default(),
            ..row
        })
        .collect();
    storage::save_lines(tx, &emptied).await?;
    let mut successor = CartRow::open(revision.scope_id, platform.new_id(), revision.rev);
    closed.rev = revision.rev;
    closed.line_count = 0;
    closed.successor = Some(successor.id);
    add_lines(tx, revision, &mut successor, moved).await?;
    let id = successor.id;
    storage::save_carts(tx, &[closed, successor]).await?;
    remember_open(tx, revision.scope_id, id).await?;
    Ok(id)
}

/// Adds made by the server itself stand under the nil device, numbered by revision. What was written or cleared on the
/// line that is there already stays.
async fn add_lines(
    tx: &Tx,
    revision: Revision,
    cart: &mut CartRow,
    moved: &[Moved],
) -> Result<(), DbErr> {
    if moved.is_empty() {
        return Ok(());
    }
    let key = |moved: &'_ Moved| (cart.scope_id, cart.id, moved.line.clone());
    let keys: Vec<(Uuid, Uuid, String)> = moved.iter().map(key).collect();
    let keys: Vec<(Uuid, Uuid, &str)> = keys
        .iter()
        .map(|(scope_id, cart_id, line)| (*scope_id, *cart_id, line.as_str()))
        .collect();
    let known = storage::lines_named(tx, &keys).await?;
    let mut known: HashMap<String, LineRow> = known
        .into_iter()
        .map(|row| (row.line.clone(), row))
        .collect();
    let mut rows = Vec::with_capacity(moved.len());
    for moved in moved {
        let key = (cart.scope_id, cart.id, moved.line.clone());
        let mut row = known
            .remove(&moved.line)
            .unwrap_or_else(|| LineRow::new(&key));
        cart.line_count += i64::from(row.merge.quantity() == 0);
        row.merge.adds.push(Add {
            device: Uuid::nil(),
            seq: revision.rev,
            rev: revision.rev,
            delta: moved.quantity,
        });
        if row.note_stamp.is_none() {
            row.note = moved.note.clone();
            row.note_stamp = moved.note_stamp;
        }
        row.rev = revision.rev;
        rows.push(row);
    }
    storage::save_lines(tx, &rows).await
}

async fn remember_open(tx: &Tx, scope_id: Uuid, cart_id: Uuid) -> Result<(), DbErr> {
    db::execute(
        tx,
        "UPDATE scope SET open_cart = $2 WHERE id = $1",
        [scope_id.into(), cart_id.into()],
    )
    .await
    .map(|_| ())
}
