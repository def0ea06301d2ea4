//! Bugs that the world test plants, one at a time, to prove that it would have caught them.
//!
//! Nothing of this is in a shipped server: without the feature `planted` the handle is empty, `is` is the constant
//! false, and every planting site compiles to nothing. A release build with the feature does not compile.

#[cfg(all(feature = "planted", not(debug_assertions)))]
compile_error!("planted bugs are for tests: build a release without the feature `planted`");

/// What `sampan --version` says; a server that holds planted bugs says so.
#[cfg(feature = "planted")]
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+planted");
#[cfg(not(feature = "planted"))]
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// One way to be wrong. Each names the promise that it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A writer reads the revision before it holds the scope's row.
    NoScopeLock,
    /// Effects commit, the row that remembers the op comes in a transaction of its own.
    OpRowOutsideTransaction,
    /// A seq that was seen makes an op a resend, whatever its id.
    DedupeBySeqOnly,
    /// Every op counts as if its phone had seen everything.
    BaseIgnored,
    /// Changes newer than the server's clock are left out, and the cursor passes them.
    TimeBasedCursor,
    /// An order costs what the phone said it may cost.
    PriceFromOp,
    /// One revision for all exchanges of a batch.
    SharedRevision,
    /// Steps are folded when there are many, whatever a phone may still send as base.
    AddsFoldedEarly,
    /// A page goes on behind its last revision, not behind its last change.
    PageByRevAlone,
    /// An outcome that another phone dismissed is not told to its maker any more.
    OutcomeForgotten,
    /// A line may go below zero and swallow later taps.
    HiddenDebt,
    /// A repeated login takes the guest's cart along again.
    AbsorbedTwice,
    /// A new op on a taken seq is dropped and acknowledged.
    ForkUnnoticed,
    /// Live streams hear of a revision that may never be.
    PokeBeforeCommit,
    /// An exchange that was not saved is acknowledged.
    UnsavedAcked,
    /// The order of concurrent sets goes by the phones' clocks.
    ClockTrusted,
    /// A phone with a new device id does not hear what became of its earlier ops.
    HandOverForgotten,
    /// A device's secret alone reads the cart.
    DevicePushReads,
    /// A checkout is called off after its cart was taken.
    WithdrawnTooLate,
    /// A declined card keeps the lines.
    LinesKept,
    /// What was not ordered does not move to the next cart.
    SuccessorEmpty,
    /// After a restore a phone still counts as having seen what was lost.
    LostBaseKept,
}

impl Bug {
    pub const ALL: [Bug; 22] = [
        Bug::NoScopeLock,
        Bug::OpRowOutsideTransaction,
        Bug::DedupeBySeqOnly,
        Bug::BaseIgnored,
        Bug::TimeBasedCursor,
        Bug::PriceFromOp,
        Bug::SharedRevision,
        Bug::AddsFoldedEarly,
        Bug::PageByRevAlone,
        Bug::OutcomeForgotten,
        Bug::HiddenDebt,
        Bug::AbsorbedTwice,
        Bug::ForkUnnoticed,
        Bug::PokeBeforeCommit,
        Bug::UnsavedAcked,
        Bug::ClockTrusted,
        Bug::HandOverForgotten,
        Bug::DevicePushReads,
        Bug::WithdrawnTooLate,
        Bug::LinesKept,
        Bug::SuccessorEmpty,
        Bug::LostBaseKept,
    ];
}

/// Which bug this server has: none, in every server but a test's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planted {
    #[cfg(feature = "planted")]
    bug: Option<Bug>,
}

impl Planted {
    #[cfg(feature = "planted")]
    pub const fn with(bug: Bug) -> Self {
        Self { bug: Some(bug) }
    }

    /// Is this bug planted here?
    #[cfg(feature = "planted")]
    pub fn is(self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// Is this bug planted here? Never, without the feature.
    #[cfg(not(feature = "planted"))]
    pub const fn is(self, _: Bug) -> bool {
        false
    }
}
