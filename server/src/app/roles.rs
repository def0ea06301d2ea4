//! `sampan role`: gives an account a role, or takes it.

use crate::{
    accounts::{self, Role},
    app::StartError,
    platform::db::Db,
};
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub enum RoleVerb {
    /// Give a role to an account
    #[command(after_help = "Example:\n  sampan role grant support ana@example.org")]
    Grant(RoleArgs),
    /// Take a role from an account
    Revoke(RoleArgs),
}

#[derive(Args)]
pub struct RoleArgs {
    /// seller, operator, rules or support
    role: String,
    /// The account's e-mail
    email: String,
    /// Database: sqlite://FILE or postgres://…
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://sampan.db",
        hide_env_values = true
    )]
    database: String,
}

pub async fn role(verb: RoleVerb) -> Result<(), StartError> {
    let (args, is_grant) = match verb {
        RoleVerb::Grant(args) => (args, true),
        RoleVerb::Revoke(args) => (args, false),
    };
    let role = Role::parse(&args.role).ok_or("a role is seller, operator, rules or support")?;
    let db = Db::connect(&args.database).await?;
    sampan_migrations::up(db.writer()).await?;
    if !accounts::set_role(&db, &args.email, role, is_grant).await? {
        return Err(format!("there is no account with the e-mail {}", args.email).into());
    }
    let done = if is_grant { "now has" } else { "no longer has" };
    println!("{} {done} the role {}.", args.email, role.as_str());
    Ok(())
}
