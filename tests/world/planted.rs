//! A harness that cannot fail proves nothing: each planted bug must be caught, by name, within so many seeds.

use super::{runs, template};
use futures_util::{StreamExt, stream};
use sampan::planted::{Bug, Planted};

/// Seeds that a bug may hide from, at most.
const WITHIN: u64 = 60;
const AT_ONCE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_bug_is_caught() {
    let only = std::env::var("SAMPAN_WORLD_BUG").ok();
    let is_asked = |bug: &Bug| only.as_ref().is_none_or(|only| *only == format!("{bug:?}"));
    let hunts = stream::iter(Bug::ALL.into_iter().filter(is_asked))
        .map(|bug| async move { (bug, hunt(bug).await) });
    let caught: Vec<_> = hunts.buffered(AT_ONCE).collect().await;
    println!(
        "{}: planted bugs and the seed that caught each",
        template::backend()
    );
    for (bug, end) in &caught {
        match end {
            Some((seed, words)) => println!("  {:<26}{seed:>4}  {words}", format!("{bug:?}")),
            None => println!(
                "  {:<26}   -  not within {WITHIN} seeds",
                format!("{bug:?}")
            ),
        }
    }
    let free: Vec<_> = caught
        .iter()
        .filter(|(_, end)| end.is_none())
        .map(|(bug, _)| bug)
        .collect();
    assert!(free.is_empty(), "bugs that no world caught: {free:?}");
}

/// The first seed that catches the bug, and what it said.
async fn hunt(bug: Bug) -> Option<(u64, String)> {
    for seed in 0..WITHIN {
        if let Err(failure) = runs::live(seed, Planted::with(bug)).await {
            let words: String = failure.broken.0.chars().take(90).collect();
            return Some((seed, words));
        }
    }
    None
}

#[test]
fn a_server_with_planted_bugs_says_so() {
    assert!(sampan::planted::VERSION.ends_with("+planted"));
}
