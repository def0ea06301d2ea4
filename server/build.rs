//! `rust-embed` does not notice new files by itself: a fresh build of the app makes this crate compile again.

fn main() {
    println!("cargo:rerun-if-changed=../pwa/dist");
}
