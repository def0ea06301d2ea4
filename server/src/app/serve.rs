//! `sampan serve`: listen, work the outbox, stop gracefully.

use crate::{
    app::{
        LANES, Rooms, Runner, Sources, StartError, api, build, data, demo, docs, health,
        middleware, openapi, problems, shell,
    },
    platform::{config::Config, outbox, problem::Problem},
};
use actix_web::{
    App, HttpServer,
    dev::Server,
    middleware::{Compress, from_fn},
    web,
};
use std::{net::TcpListener, sync::Arc, sync::atomic::Ordering, time::Duration};
use utoipa_actix_web::AppExt;

const SHUTDOWN_SECONDS: u64 = 30;
const HEAD_DEADLINE: Duration = Duration::from_secs(10);

/// Runs until SIGTERM or Ctrl-C.
pub async fn serve(config: Config) -> Result<(), StartError> {
    install_logging();
    install_crypto();
    let listener = TcpListener::bind(config.bind).map_err(|error| {
        format!(
            "{} cannot be bound: {error}. Is it already running? Try --bind 127.0.0.1:8081",
            config.bind
        )
    })?;
    let sources = Sources::of_machine(&config)?;
    let rooms = build(config, sources).await?;
    outbox::take_over(&rooms.platform.db).await?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let workers = LANES.map(|lane| {
        tokio::spawn(outbox::work(
            rooms.platform.db.clone(),
            rooms.platform.clock.clone(),
            Arc::new(Runner(rooms.clone())),
            lane,
            stopped.clone(),
        ))
    });
    let platform = rooms.platform.clone();
    let url = platform.config.public_url();
    let demo_market = rooms.platform.config.demo;
    let server = listen(rooms, listener)?;
    println!("Sampan is at {url}");
    if demo_market {
        println!("{}", demo::log_ins());
    }
    let handle = server.handle();
    let events = platform.events.clone();
    tokio::spawn(async move {
        shutdown_signal().await;
        health::DRAINING.store(true, Ordering::Relaxed);
        // Live streams would keep their connections open for minutes; phones ask again elsewhere.
        events.close();
        handle.stop(true).await;
    });
    server.await?;
    let _ = stop.send(true);
    for worker in workers {
        worker.await?;
    }
    platform.db.checkpoint().await?;
    Ok(())
}

/// Starts the HTTP server on a bound listener; also used by tests.
pub fn listen(rooms: Rooms, listener: TcpListener) -> Result<Server, StartError> {
    let document = web::Data::new(openapi::DocumentText(openapi::document()));
    let config = rooms.platform.config.clone();
    let server = HttpServer::new(move || {
        let rooms = rooms.clone();
        App::new()
            .into_utoipa_app()
            .service(utoipa_actix_web::scope("/api/v1").configure(api))
            .into_app()
            .configure(|config| data(&rooms, config))
            .app_data(document.clone())
            .app_data(
                web::PathConfig::default()
                    .error_handler(|_, _| Problem::not_found("address").into()),
            )
            .app_data(web::QueryConfig::default().error_handler(|error, _| {
                Problem::bad_request("invalid", format!("The query is not readable: {error}."))
                    .into()
            }))
            .service(health::livez)
            .service(health::readyz)
            .route("/api/openapi.json", web::get().to(openapi::serve))
            .configure(crate::catalog::media_routes)
            .configure(docs::routes)
            .route("/problems/{slug}", web::get().to(problems::serve))
            .configure(shell::routes)
            .default_service(web::to(shell::anything_else))
            .wrap(from_fn(middleware::spare_compression))
            .wrap(Compress::default())
            .wrap(from_fn(middleware::around))
    })
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals()
    .client_request_timeout(HEAD_DEADLINE);
    let server = match (&config.tls_cert, &config.tls_key) {
        (Some(cert), Some(key)) => server.listen_rustls_0_23(listener, tls_config(cert, key)?)?,
        _ => server.listen(listener)?,
    };
    Ok(server.run())
}

/// `sampan migrate`
pub async fn migrate(config: &Config) -> Result<(), StartError> {
    let db = crate::platform::db::Db::connect(&config.database).await?;
    sampan_migrations::up(db.writer()).await?;
    println!("The database is up to date.");
    Ok(())
}

/// `sampan epoch renew`
pub async fn renew_epoch(config: &Config) -> Result<(), StartError> {
    let db = crate::platform::db::Db::connect(&config.database).await?;
    let epoch = crate::scope::dataset::renew_epoch(&db, &crate::platform::ids::SystemIds).await?;
    println!("The epoch is now {epoch}. Phones will send again what they still hold.");
    Ok(())
}

fn tls_config(
    cert: &std::path::Path,
    key: &std::path::Path,
) -> Result<rustls::ServerConfig, StartError> {
    use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| format!("{}: no certificate chain in PEM ({error})", cert.display()))?;
    let key = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| format!("{}: no private key in PEM ({error})", key.display()))?;
    Ok(rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)?)
}

/// One cryptography provider for the whole process.
pub fn install_crypto() {
    // Already installed is as good as installed.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

fn install_logging() {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_env("SAMPAN_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,actix=warn"));
    let log = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if std::env::var_os("SAMPAN_LOG_JSON").is_some() {
        log.json().try_init()
    } else {
        log.compact().try_init()
    };
}

async fn shutdown_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}
