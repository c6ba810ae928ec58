//! Servers that do not keep to HTTP: what they send is bytes.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

/// What such a server sends, once a request has come in.
#[derive(Clone)]
pub(super) enum Bytes {
    /// These, and then it hangs up.
    Once(Vec<u8>),
    /// These, and then the others again and again.
    Endless(Vec<u8>, Vec<u8>),
    /// These, one every 50 milliseconds, again and again.
    Slowly(Vec<u8>),
}

/// A server of bytes, until it is dropped.
pub(super) struct Raw {
    address: SocketAddr,
    running: JoinHandle<()>,
}

impl Raw {
    pub(super) async fn start(bytes: Bytes) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let running = tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let mut request = [0; 4_096];
                let _ = socket.read(&mut request).await;
                // The other side hangs up when it has had enough.
                let _ = match bytes.clone() {
                    Bytes::Once(bytes) => socket.write_all(&bytes).await,
                    Bytes::Endless(first, others) => endless(&mut socket, &first, &others).await,
                    Bytes::Slowly(bytes) => slowly(&mut socket, &bytes).await,
                };
            }
        });
        Self { address, running }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/feed", self.address)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn endless(
    socket: &mut tokio::net::TcpStream,
    first: &[u8],
    others: &[u8],
) -> std::io::Result<()> {
    socket.write_all(first).await?;
    loop {
        socket.write_all(others).await?;
    }
}

async fn slowly(socket: &mut tokio::net::TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    for byte in bytes.iter().cycle() {
        ticks.tick().await;
        socket.write_all(&[*byte]).await?;
    }
    Ok(())
}
