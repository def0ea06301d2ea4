//! Places where a test ends the process, as a power cut would. Without the feature `failpoints` they are nothing.

#[cfg(all(feature = "failpoints", not(debug_assertions)))]
compile_error!("crash points are for tests: build a release without the feature `failpoints`");

/// Ends the process at once if a test has armed this point (`FAILPOINTS='db.commit=5*off->return'`: at the sixth pass).
#[inline]
pub fn crash_point(name: &'static str) {
    #[cfg(feature = "failpoints")]
    fail::fail_point!(name, |_| std::process::abort());
    #[cfg(not(feature = "failpoints"))]
    let _ = name;
}
