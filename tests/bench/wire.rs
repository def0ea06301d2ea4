//! A phone's connection, as light as it can be, so that on two cores the server gets most of them: HTTP/1.1 with
//! keep-alive, one request after the other.

use std::{io, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const MAX_REPLY: usize = 1024 * 1024;

pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(8 * 1024),
        })
    }

    /// Sends a request and reads its whole reply. `token` may be empty.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        token: &str,
        body: &[u8],
    ) -> io::Result<Reply> {
        let authorization = if token.is_empty() {
            String::new()
        } else {
            format!("authorization: Bearer {token}\r\n")
        };
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: bench\r\n{authorization}content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request).await?;
        self.read().await
    }

    async fn read(&mut self) -> io::Result<Reply> {
        self.buffer.clear();
        loop {
            if let Some(reply) = whole(&self.buffer)? {
                return Ok(reply);
            }
            if self.buffer.len() > MAX_REPLY {
                return Err(broken("a reply of more than a megabyte"));
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(broken("the server hung up"));
            }
        }
    }
}

/// The reply, if all of it is here. The server gives each a length.
fn whole(buffer: &[u8]) -> io::Result<Option<Reply>> {
    let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head =
        std::str::from_utf8(&buffer[..end]).map_err(|_| broken("a head that is not text"))?;
    let status = head.get(9..12).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| broken("a status line that cannot be read"))?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let length = length.ok_or_else(|| broken("a reply without a length"))?;
    let body = &buffer[end + 4..];
    Ok((body.len() >= length).then(|| Reply {
        status,
        body: body[..length].to_vec(),
    }))
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
