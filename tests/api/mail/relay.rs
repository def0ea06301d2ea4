//! A mail relay that can answer as a bad day would.

use sampan::platform::smtp::RelayUrl;
use std::{
    collections::VecDeque,
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What one conversation comes to; without one of these the relay takes the letter.
#[derive(Clone, Copy)]
pub enum Answer {
    Login(&'static str),
    Recipient(&'static str),
    Letter(&'static str),
    /// Nothing is said any more after the greeting.
    Silence,
    /// The letter is taken, and the line breaks before the reply.
    Cut,
    /// The letter is taken, and the goodbye never answered.
    NoGoodbye,
}

/// A letter that the relay took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub from: String,
    pub to: Vec<String>,
    pub lines: Vec<String>,
}

impl Letter {
    /// Header names in order; a folded line belongs to its header.
    pub fn header_names(&self) -> Vec<&str> {
        self.headers()
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split_once(':').map(|(name, _)| name))
            .collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_else(|| panic!("{name} in {self:?}"))
    }

    fn headers(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().map(String::as_str);
        lines.take_while(|line| !line.is_empty())
    }
}

#[derive(Default)]
struct State {
    letters: Mutex<Vec<Letter>>,
    answers: Mutex<VecDeque<Answer>>,
    calls: AtomicUsize,
    verbs: Mutex<Vec<String>>,
}

/// A listening relay.
pub struct Relay {
    pub address: String,
    state: Arc<State>,
}

impl Relay {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(State::default());
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that hangs up is no matter.
                tokio::spawn(converse(shared.clone(), stream));
            }
        });
        Self { address, state }
    }

    pub fn url(&self) -> RelayUrl {
        let Ok(url) = format!("smtp://ana:secret@{}", self.address).parse();
        url
    }

    pub fn answer_next(&self, answer: Answer) {
        self.state
            .answers
            .lock()
            .expect("answers")
            .push_back(answer);
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.state.letters.lock().expect("letters").clone()
    }

    /// What clients asked for, in order.
    pub fn verbs(&self) -> Vec<String> {
        self.state.verbs.lock().expect("verbs").clone()
    }

    pub fn calls(&self) -> usize {
        self.state.calls.load(Ordering::SeqCst)
    }
}

async fn converse(state: Arc<State>, stream: TcpStream) -> io::Result<()> {
    state.calls.fetch_add(1, Ordering::SeqCst);
    let answer = state.answers.lock().expect("answers").pop_front();
    let mut stream = BufReader::new(stream);
    let mut letter = Letter {
        from: String::new(),
        to: Vec::new(),
        lines: Vec::new(),
    };
    say(&mut stream, "220 relay.test").await?;
    while let Some(line) = hear(&mut stream).await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default();
        state.verbs.lock().expect("verbs").push(verb.to_owned());
        let reply = match (verb, answer) {
            (_, Some(Answer::Silence)) => return std::future::pending().await,
            ("EHLO", _) => "250-relay.test\r\n250 AUTH PLAIN",
            ("AUTH", Some(Answer::Login(reply))) => reply,
            ("AUTH", _) => "235 welcome",
            ("MAIL", _) => {
                letter.from = address(&line);
                "250 go on"
            }
            ("RCPT", Some(Answer::Recipient(reply))) => reply,
            ("RCPT", _) => {
                letter.to.push(address(&line));
                "250 go on"
            }
            ("DATA", _) => {
                say(&mut stream, "354 go on").await?;
                while let Some(line) = hear(&mut stream).await?.filter(|line| line != ".") {
                    letter.lines.push(line);
                }
                if let Some(Answer::Letter(reply)) = answer {
                    reply
                } else {
                    state.letters.lock().expect("letters").push(letter.clone());
                    if matches!(answer, Some(Answer::Cut)) {
                        return Ok(());
                    }
                    "250 taken"
                }
            }
            ("QUIT", Some(Answer::NoGoodbye)) => return std::future::pending().await,
            ("QUIT", _) => return say(&mut stream, "221 goodbye").await,
            _ => "500 what?",
        };
        say(&mut stream, reply).await?;
    }
    Ok(())
}

async fn say(stream: &mut BufReader<TcpStream>, reply: &str) -> io::Result<()> {
    stream.write_all(format!("{reply}\r\n").as_bytes()).await
}

/// The next line without its end; None once the client has hung up.
async fn hear(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await?;
    Ok((length > 0).then(|| line.trim_end_matches("\r\n").to_owned()))
}

fn address(line: &str) -> String {
    let (_, rest) = line.split_once('<').expect("an address");
    rest.split('>').next().unwrap_or_default().to_owned()
}
