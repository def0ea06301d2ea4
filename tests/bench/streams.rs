//! What an open live stream weighs in the server's memory: a server process of its own, and phones that only listen.

use crate::app;
use sampan::{
    app::{Sources, Tuning},
    platform::{clock::SystemClock, ids::SystemIds, token},
    scope,
};
use sea_orm::DbErr;
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

/// The word that makes this program the server.
pub const SERVE: &str = "--serve-streams";
const STREAMS: usize = 5_000;
/// As many as one shopper may have.
const STREAMS_A_SCOPE: usize = 5;
const AT_MOST_MB: f64 = 150.0;

const DATABASE: &str = "SAMPAN_STREAMS_DATABASE";

/// Serves, and prints its address and one token a shopper.
pub async fn serve() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = std::env::var(DATABASE).expect("a database");
    let config = app::settings(folder.path(), database);
    let sources = Sources {
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
    };
    let running = app::start(config, sources, Tuning::default()).await;
    let platform = running.rooms.platform.clone();
    let scopes: Vec<Uuid> = (0..STREAMS / STREAMS_A_SCOPE)
        .map(|_| Uuid::new_v4())
        .collect();
    let made = scopes.clone();
    platform
        .db
        .write(move |tx| {
            let made = made.clone();
            Box::pin(async move {
                for scope_id in made {
                    scope::create(tx, scope_id, "guest", 0).await?;
                }
                Ok::<_, DbErr>(())
            })
        })
        .await
        .expect("shoppers");
    println!("{}", running.address.trim_start_matches("http://"));
    for scope_id in scopes {
        let token = token::sign(&platform, scope_id, Uuid::nil()).expect("a token");
        println!("{token}");
    }
    std::future::pending::<()>().await;
}

struct Server {
    process: Child,
    address: SocketAddr,
    tokens: Vec<String>,
}

impl Server {
    fn start(database: &str) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(told)?;
        let mut process = Command::new(program)
            .arg(SERVE)
            .env(DATABASE, database)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(told)?;
        let output = process.stdout.take().ok_or("a server without a voice")?;
        let mut lines = BufReader::new(output).lines();
        let mut next = || lines.next().ok_or("the server fell silent")?.map_err(told);
        let address = next()?.parse().map_err(told)?;
        let tokens = (0..STREAMS / STREAMS_A_SCOPE).map(|_| next());
        let tokens = tokens.collect::<Result<_, String>>()?;
        Ok(Self {
            process,
            address,
            tokens,
        })
    }

    /// Resident memory, MB.
    fn memory(&self) -> Result<f64, String> {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).map_err(told)?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        kilobytes
            .map(|kilobytes| kilobytes / 1024.0)
            .ok_or("no memory is told".to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Opens all streams, waits until each has heard its revision, and weighs the server.
pub async fn run() -> Result<(), String> {
    if !std::path::Path::new("/proc/self/status").exists() {
        println!("SKIPPED live streams: this system does not tell a process's memory");
        return Ok(());
    }
    let folder = tempfile::tempdir().map_err(told)?;
    let server = Server::start(&app::fresh_database(folder.path()).await)?;
    let before = server.memory()?;
    let mut open = Vec::with_capacity(STREAMS);
    for number in 0..STREAMS {
        let token = &server.tokens[number / STREAMS_A_SCOPE];
        let stream = listen(server.address, token).await;
        open.push(stream.map_err(|error| format!("stream {number}: {error}"))?);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = server.memory()?;
    let verdict = if after <= AT_MOST_MB { "met" } else { "MISSED" };
    println!(
        "\n{} idle live streams: the server holds {after:.0} MB, {before:.0} MB before; {:.1} kB a stream. At most {AT_MOST_MB:.0} MB is asked of it: {verdict}",
        open.len(),
        (after - before) * 1024.0 / open.len() as f64
    );
    Ok(())
}

async fn listen(address: SocketAddr, token: &str) -> Result<TcpStream, String> {
    let mut stream = TcpStream::connect(address).await.map_err(told)?;
    let request = format!(
        "GET /api/v1/sync/live HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.map_err(told)?;
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("event: rev") {
        if stream.read_buf(&mut heard).await.map_err(told)? == 0 {
            return Err(String::from_utf8_lossy(&heard).into_owned());
        }
    }
    Ok(stream)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
