//! Two servers over one database, with NATS between them: a tap on one wakes the phones of the other, and a phone that
//! tries again on the other node taps once.

use super::{
    app::{self, START, TestApp, TestClock, spawn_app_with},
    market::{MUG, market},
    phone::Phone,
};
use futures_util::StreamExt;
use sampan::{
    app::{Sources, Tuning},
    platform::ids::SystemIds,
};
use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// Debian's nats-server on a port of its own.
struct Broker {
    process: Option<Child>,
    port: u16,
}

impl Broker {
    /// None, and a word about it, where it is not installed.
    fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|probe| probe.local_addr())
            .expect("a free port")
            .port();
        let mut broker = Self {
            process: None,
            port,
        };
        broker.run().then_some(broker)
    }

    fn run(&mut self) -> bool {
        let spawned = Command::new("nats-server")
            .args(["-a", "127.0.0.1", "-p", &self.port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = spawned else {
            println!(
                "SKIPPED two nodes: nats-server was not found; install the package nats-server"
            );
            return false;
        };
        self.process = Some(process);
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "the broker does not come up");
            std::thread::sleep(Duration::from_millis(20));
        }
        true
    }

    fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A node, and another over the same database and keys.
async fn two_nodes(broker: &Broker) -> (TestApp, TestApp) {
    let one = spawn_app_with(|config| config.events_url = Some(broker.url())).await;
    let config = (*one.rooms.platform.config).clone();
    let config = sampan::platform::config::Config {
        bind: ([127, 0, 0, 1], 0).into(),
        ..config
    };
    let clock = Arc::new(TestClock::starting_at(START));
    let sources = Sources {
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
    };
    let running = app::start(config, sources, Tuning::default()).await;
    let two = TestApp {
        address: running.address,
        rooms: running.rooms,
        clock,
        client: app::client(),
        folder: tempfile::tempdir().expect("a temporary folder"),
        handle: running.handle,
    };
    (one, two)
}

/// A live stream on one node; answers the revisions it tells.
async fn listen(app: &TestApp, token: &str) -> impl StreamExt<Item = i64> + Unpin + use<> {
    let response = app
        .client
        .get(format!("{}/api/v1/sync/live", app.address))
        .bearer_auth(token)
        .send()
        .await
        .expect("a stream");
    assert_eq!(response.status().as_u16(), 200);
    let revs = response.bytes_stream().filter_map(|bytes| async move {
        let text = String::from_utf8(bytes.ok()?.to_vec()).ok()?;
        let (_, rest) = text.strip_prefix("event: rev")?.split_once("{\"rev\":")?;
        rest.split_once('}')?.0.parse::<i64>().ok()
    });
    Box::pin(revs)
}

async fn next(revs: &mut (impl StreamExt<Item = i64> + Unpin)) -> Option<i64> {
    tokio::time::timeout(PATIENCE, revs.next()).await.ok()?
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_on_one_node_wakes_the_phones_of_the_other() {
    let Some(mut broker) = Broker::start() else {
        return;
    };
    let (a, b) = two_nodes(&broker).await;
    market(&a).await;
    let mut one = Phone::guest(&a).await;
    one.sync_all(&a).await;
    let mut two = one.join(&a).await;
    two.sync_all(&b).await;
    let mut revs = listen(&b, &two.token).await;
    assert_eq!(next(&mut revs).await, Some(two.cursor));
    one.add(&a, MUG, 1);
    one.sync_all(&a).await;
    assert_eq!(next(&mut revs).await, Some(one.cursor), "node to node");

    // Without a broker phones still sync, only nobody is woken on the other node; with one again they are.
    broker.stop();
    one.add(&a, MUG, 1);
    one.sync_all(&a).await;
    let missed = tokio::time::timeout(Duration::from_millis(300), revs.next()).await;
    assert!(missed.is_err(), "nothing crosses without a broker");
    assert!(broker.run());
    let until = Instant::now() + PATIENCE;
    loop {
        assert!(Instant::now() < until, "pokes cross again");
        one.add(&a, MUG, 1);
        one.sync_all(&a).await;
        let heard = tokio::time::timeout(Duration::from_millis(400), revs.next()).await;
        if heard.is_ok_and(|heard| heard.is_some()) {
            break;
        }
    }
    two.sync_all(&b).await;
    assert_eq!(one.cart(), two.cart());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_tries_again_on_the_other_node_taps_once() {
    let Some(broker) = Broker::start() else {
        return;
    };
    let (a, b) = two_nodes(&broker).await;
    market(&a).await;
    let mut phone = Phone::guest(&a).await;
    phone.sync_all(&a).await;
    for round in 1..=40 {
        phone.add(&a, MUG, 1);
        let request = phone.request(&a);
        // Both at once, as when the first answer does not come: one of them is a resend, whichever came first.
        let (first, second) = tokio::join!(
            a.post_as(&phone.token, "/api/v1/sync", request.clone()),
            b.post_as(&phone.token, "/api/v1/sync", request)
        );
        for (status, reply) in [first, second] {
            assert_eq!(status, 200, "{reply}");
            assert_eq!(reply["acked"], round, "{reply}");
        }
        let node = if round % 2 == 0 { &a } else { &b };
        phone.sync_all(node).await;
        assert_eq!(phone.cart()[MUG], round);
    }
    // One node goes; its phones go on with the other, by the same login.
    a.handle.stop(true).await;
    phone.add(&a, MUG, 1);
    phone.sync_all(&b).await;
    assert_eq!(phone.cart()[MUG], 41);
}
