//! The past must not weigh: a shopper with two hundred thousand taps behind them waits no longer than one with twenty.

use crate::{
    TestApp,
    exchanges::Phone,
    market::{MUG, market},
};
use sampan::platform::db;
use sea_orm::DbErr;
use std::time::{Duration, Instant};
use uuid::Uuid;

const PASTS: [i64; 2] = [20, 200_000];
const ROUNDS: usize = 600;
/// How much longer the long past may take.
const AT_MOST: f64 = 1.2;
const ROWS_AT_ONCE: i64 = 500;

/// Idle and one-op exchanges of a shopper with a short and one with a long past, by turns, and their medians.
pub async fn run(app: &TestApp) -> Result<(), String> {
    market(app).await;
    let mut phones = Vec::new();
    for past in PASTS {
        let mut phone = Phone::arrive(app, 0).await?;
        phone.exchange(1).await?;
        live_through(app, phone.scope_id(), past)
            .await
            .map_err(|error| error.to_string())?;
        phone.reconnect(app).await?;
        // Up to date with all of it, as a phone is that was there.
        let text = "SELECT rev FROM scope WHERE id = $1";
        let reader = app.rooms.platform.db.reader();
        let row = db::fetch_one(reader, text, [phone.scope_id().into()]).await;
        let row = row
            .map_err(|error| error.to_string())?
            .ok_or("no shopper")?;
        phone.cursor = row.try_get("", "rev").map_err(|error| error.to_string())?;
        phones.push(phone);
    }
    println!("\nThe past of a shopper, {ROUNDS} exchanges each by turns, medians:");
    println!(
        "{:<24}{:>12}{:>12}{:>9}",
        "", "20 ops", "200,000 ops", "ratio"
    );
    let mut worst: f64 = 0.0;
    for (name, ops) in [("idle exchange", 0), ("one-op exchange", 1)] {
        let mut took = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (phone, took) in phones.iter_mut().zip(&mut took) {
                let started = Instant::now();
                phone.exchange(ops).await?;
                took.push(started.elapsed());
            }
        }
        let [short, long] = took.map(median);
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        worst = worst.max(ratio);
        println!(
            "{name:<24}{:>9} µs{:>9} µs{ratio:>9.2}",
            short.as_micros(),
            long.as_micros()
        );
    }
    if worst > AT_MOST {
        return Err(format!(
            "a long past takes {worst:.2} times as long; {AT_MOST} is allowed"
        ));
    }
    Ok(())
}

/// Puts so many ops, outcomes that were seen, and empty lines behind a shopper, as a year of taps would leave them.
async fn live_through(app: &TestApp, scope_id: Uuid, past: i64) -> Result<(), DbErr> {
    let device = Uuid::now_v7();
    let mut seq = 0;
    while seq < past {
        let until = (seq + ROWS_AT_ONCE).min(past);
        app.rooms
            .platform
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let rows: Vec<i64> = (seq + 1..=until).collect();
                    let text = format!(
                        "INSERT INTO op (scope_id, id, device, seq, rev, code, detail, created_at) VALUES {}",
                        db::rows(tx, rows.len(), 8)
                    );
                    let values = rows.iter().flat_map(|seq| -> [sea_orm::Value; 8] {
                        [
                            scope_id.into(),
                            Uuid::now_v7().into(),
                            device.into(),
                            (*seq).into(),
                            (1 + *seq).into(),
                            "applied".into(),
                            "{}".into(),
                            crate::app::START.micros().into(),
                        ]
                    });
                    db::execute(tx, &text, values).await?;
                    // One tap in fifty was answered with more than a yes.
                    for seq in rows.iter().filter(|seq| *seq % 50 == 0) {
                        let text = "INSERT INTO outcome (scope_id, op_id, rev, device, seq, kind, code, detail, seen, dismissed, created_at) \
                                    VALUES ($1, $2, $3, $4, $5, 'cart.set', 'superseded', '{}', 1, 1, $6)";
                        let values = [
                            scope_id.into(),
                            Uuid::now_v7().into(),
                            (1 + *seq).into(),
                            device.into(),
                            (*seq).into(),
                            crate::app::START.micros().into(),
                        ];
                        db::execute(tx, text, values).await?;
                    }
                    let text = "UPDATE scope SET rev = rev + $2, rev_at = rev_at + $2 WHERE id = $1";
                    let count = rows.len() as i64;
                    db::execute(tx, text, [scope_id.into(), count.into()]).await.map(|_| ())
                })
            })
            .await?;
        seq = until;
    }
    // The lines of carts that became orders.
    app.rooms
        .platform
        .db
        .write(move |tx| {
            Box::pin(async move {
                for number in 0..(past / 100).min(2_000) {
                    let text = "INSERT INTO cart_line (scope_id, cart_id, line, rev, quantity, merge) VALUES ($1, $2, $3, $4, 0, '{}')";
                    let values = [scope_id.into(), Uuid::now_v7().into(), MUG.into(), (number + 2).into()];
                    db::execute(tx, text, values).await?;
                }
                Ok::<_, DbErr>(())
            })
        })
        .await
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() / 2]
}
